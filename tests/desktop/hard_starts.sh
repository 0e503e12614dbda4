#!/usr/bin/env bash
# Starts the window where something is missing: tests/desktop/hard_starts.sh target/release/throughline [CASE…]
#
# Each case takes one thing away that desktops usually have, in a mount namespace of its own where it is a file, starts the
# program as an ordinary user, looks after five seconds whether it lives and shows a window, takes a picture, and prints what
# was said on stderr. A table at the end tells it all again; pictures lie in $OUT. Exit status 1 where a case failed.
# Run as root (namespaces, another user). Needs besides lib.sh: util-linux, and for the Wayland cases
# weston, sway, grim, wtype, wl-clipboard.
set -uo pipefail
program=$(realpath "${1:?the program to start}")
shift
here=$(dirname "$(realpath "$0")")
source "$here/lib.sh"
need Xvfb openbox xdotool xclip xev import xdpyinfo unshare setpriv

screen=${SCREEN:-74}
user=${AS_USER:-65534}
table=()
n_failed=0
chmod 755 "$out"
articles=$out/articles
mkdir -p "$articles"
cp "$here"/../../seeds/*.txt "$articles"
printf 'The ferry is back\n\n"We welcome the ferry," mayor Ana Lund said on 5 March 2019.\n' >"$out/dropped.txt"
# The user must be able to read and run it, wherever it was built.
install -m 755 "$program" "$out/throughline"
program=$out/throughline

# A home of the user's, empty.
fresh_home() {  # NAME
  local home=$out/home-$1
  rm -rf "$home"
  mkdir -p "$home/run"
  chmod 700 "$home/run"
  chown -R "$user:$user" "$home"
  echo "$home"
}

# Runs the program as the user, in a mount namespace prepared by $prepare, with the variables given and no others.
start() {  # NAME PREPARE ENVIRONMENT…: leaves its process id in $started
  local name=$1 prepare=$2
  shift 2
  (cd "$out" && exec unshare -m --propagation private bash -c '
    prepare=$1; shift
    eval "$prepare" || exit 97
    exec setpriv --reuid "$0" --regid "$0" --clear-groups env -i "$@"
  ' "$user" "$prepare" PATH=/usr/bin:/bin "$@") >"$out/$name.stdout" 2>"$out/$name.stderr" &
  started=$!
  pids+=("$started")
}

verdict() {  # NAME LIVES SHOWS COLORS EXPECTED
  local name=$1 lives=$2 shows=$3 colors=$4 expected=$5 is_well=FAILED said
  case $expected in
    window) [ "$lives" = yes ] && [ "$shows" = yes ] && [ "$colors" -gt 50 ] && is_well=ok ;;
    words) [ "$lives" = no ] && [ -s "$out/$name.stdout" ] && [ -s "$out/$name.stderr" ] && is_well=ok ;;
  esac
  # Whoever panicked is not well, whatever is on the screen.
  grep -q "panicked at" "$out/$name.stderr" && is_well=FAILED
  said=$(tail -n 2 "$out/$name.stderr" | tr '\n' ' ' | cut -c 1-160)
  table+=("$(printf '%-7s %-22s lives %-3s window %-3s colors %-6s %s' "$is_well" "$name" "$lives" "$shows" "$colors" "$said")")
  echo "${table[-1]}"
  [ $is_well = ok ] || n_failed=$((n_failed + 1))
}

colors_of() {  # PICTURE
  identify -format %k "$1" 2>/dev/null || echo 0
}

# A case on the X11 screen.
on_x11() {  # NAME EXPECTED PREPARE ENVIRONMENT…
  local name=$1 expected=$2 prepare=$3 window='' lives=no shows=no
  shift 3
  is_asked "$name" || return 0
  start "$name" "$prepare" "$@"
  window=$(window_of Throughline 20)
  sleep 5
  kill -0 "$started" 2>/dev/null && lives=yes
  [ -n "$window" ] && [ "$lives" = yes ] && shows=yes
  picture "$name"
  # Where nothing can be kept, that is said with the first thing there is to keep.
  if [ "$shows" = yes ] && [[ $name == *home* || $name == nothing-at-all ]]; then
    printf 'The pier is open\n\n"We welcome it," mayor Ana Lund said on 4 March 2019.\n' |
      timeout 10 xclip -selection clipboard -i >/dev/null 2>&1
    keys ctrl+v
    sleep 2
    picture "$name-changed"
  fi
  verdict "$name" "$lives" "$shows" "$(colors_of "$out/$name.png")" "$expected"
  end "$started"
}

only=("$@")
is_asked() {  # NAME
  [ ${#only[@]} -eq 0 ] || printf '%s\n' "${only[@]}" | grep -qx -- "$1"
}

libraries=/usr/lib/$(uname -m)-linux-gnu
# Libraries of OpenGL hidden as though they were not installed: what is there instead can't be loaded.
no_gl="for it in $libraries/lib{GL,EGL,GLX,GLESv2,GLdispatch,gbm,GLX_mesa,EGL_mesa,glapi}.so*; do
  [ -e \"\$it\" ] && mount --bind /dev/null \"\$it\"; done
mkdir -p $out/empty; [ -d $libraries/dri ] && mount --bind $out/empty $libraries/dri; true"
no_drivers="mkdir -p $out/empty; mount --bind $out/empty $libraries/dri; true"
no_fonts="mkdir -p $out/empty; for it in /usr/share/fonts /usr/local/share/fonts /etc/fonts; do
  [ -d \"\$it\" ] && mount --bind $out/empty \"\$it\"; done; true"

start_display "$screen"
home=$(fresh_home x11)
usual=(DISPLAY="$DISPLAY" HOME="$home" XDG_RUNTIME_DIR="$home/run" LANG=C.UTF-8 TERM=xterm)

on_x11 plain window true "${usual[@]}" "$program"
on_x11 no-gl window "$no_gl" "${usual[@]}" "$program"
on_x11 no-gl-drivers window "$no_drivers" "${usual[@]}" LIBGL_DRIVERS_PATH=/nonexistent "$program"
on_x11 no-bus window true "${usual[@]}" DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus "$program"
# With an article that no shipped font can show.
printf '남북 정상회담\n\n“한국,” Ana Lund said on 4 March 2019 in Seoul.\n' >"$out/hangul.txt"
on_x11 no-fonts window "$no_fonts" "${usual[@]}" "$program" "$out/hangul.txt"
on_x11 no-font-settings window "$no_fonts" "${usual[@]}" FONTCONFIG_FILE=/nonexistent/fonts.conf "$program" "$out/hangul.txt"
on_x11 no-locale window true DISPLAY="$DISPLAY" HOME="$home" "$program"
on_x11 no-home window true DISPLAY="$DISPLAY" LANG=C.UTF-8 "$program"
ro=$(fresh_home read-only)
on_x11 read-only-home window "mount --bind $ro $ro && mount -o remount,ro,bind $ro" \
  DISPLAY="$DISPLAY" HOME="$ro" LANG=C.UTF-8 "$program"
# No data folder can be made at all.
on_x11 home-is-a-file window true DISPLAY="$DISPLAY" HOME=/dev/null LANG=C.UTF-8 "$program"
on_x11 nothing-at-all window "$no_gl; $no_fonts; mount --bind $ro $ro && mount -o remount,ro,bind $ro" \
  DISPLAY="$DISPLAY" HOME="$ro" DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus "$program"

# A path is typed where neither a portal nor a program that shows dialogs is: the window's own field comes up.
no_dialogs='for it in zenity kdialog qarma; do
  it=$(command -v $it) && mount --bind /dev/null "$it"; done; true'
if is_asked open-without-portal; then
  start open-without-portal "$no_dialogs" "${usual[@]}" DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent/bus "$program"
  window_of Throughline 10 >/dev/null
  sleep 3
  keys ctrl+o
  sleep 2
  picture open-without-portal-field
  words "$out/dropped.txt"
  keys Return
  sleep 3
  picture open-without-portal
  lives=no
  kill -0 "$started" 2>/dev/null && lives=yes
  verdict open-without-portal $lives $lives "$(colors_of "$out/open-without-portal.png")" window
  end "$started"
fi

# Who starts from a desktop file is told when the start is over: by the first window, and by a start that has none of its own.
if is_asked launcher; then
  stdbuf -oL xev -root -event property >"$out/launcher.events" 2>/dev/null &
  listens=$!
  start launcher true "${usual[@]}" DESKTOP_STARTUP_ID=first_TIME1 "$program"
  first=$started
  window_of Throughline 10 >/dev/null
  sleep 2
  start launcher-second true "${usual[@]}" DESKTOP_STARTUP_ID=second_TIME2 "$program" "$out/dropped.txt"
  sleep 3
  picture launcher
  lives=no
  kill -0 "$first" 2>/dev/null && ! kill -0 "$started" 2>/dev/null && lives=yes
  shows=no
  [ "$(grep -c '(_NET_STARTUP_INFO_BEGIN), format 8' "$out/launcher.events")" = 2 ] && shows=yes
  verdict launcher $lives $shows "$(colors_of "$out/launcher.png")" window
  kill "$listens"
  end "$first"
fi

# Displays that are named and not there: the findings come in words.
on_x11 stale-display words true DISPLAY=:199 HOME="$home" LANG=C.UTF-8 "$program"
on_x11 stale-wayland words true WAYLAND_DISPLAY=wayland-199 XDG_RUNTIME_DIR="$home/run" HOME="$home" "$program"
on_x11 no-display words true HOME="$home" LANG=C.UTF-8 "$program"
# Whoever has both, one of them stale, gets the other.
on_x11 stale-wayland-and-x11 window true "${usual[@]}" WAYLAND_DISPLAY=wayland-199 "$program"

# A screen whose server knows no OpenGL.
if is_asked no-glx; then
  end_all
  start_display "$screen" -extension GLX
  on_x11 no-glx window true DISPLAY="$DISPLAY" HOME="$home" LANG=C.UTF-8 "$program"
fi
end_all

# Wayland alone, under two compositors without a screen.
wayland=$(fresh_home wayland)
in_wayland=(WAYLAND_DISPLAY=wl-hard XDG_RUNTIME_DIR="$wayland/run" HOME="$wayland" LANG=C.UTF-8)
compositor() {  # ENVIRONMENT… COMMAND…: as the same user, so that its socket may be used
  setpriv --reuid "$user" --regid "$user" --clear-groups env -i PATH=/usr/bin:/bin HOME="$wayland" \
    XDG_RUNTIME_DIR="$wayland/run" "$@" >>"$out/compositor.log" 2>&1 &
  pids+=($!)
}
as_user() {  # COMMAND…: something else in the session
  setpriv --reuid "$user" --regid "$user" --clear-groups env -i PATH=/usr/bin:/bin HOME="$wayland" \
    XDG_RUNTIME_DIR="$wayland/run" WAYLAND_DISPLAY="$wl" "$@"
}
wait_for() {  # FILE
  local n
  for n in $(seq 50); do [ -e "$1" ] && return 0; sleep 0.2; done
  return 1
}

on_weston() {  # NAME PREPARE
  local name=$1 prepare=$2 lives=no
  is_asked "$name" || return 0
  need weston weston-screenshooter
  wl=wl-hard
  compositor weston --backend=headless-backend.so --use-pixman --socket=wl-hard --width=1400 --height=900 --debug
  wait_for "$wayland/run/wl-hard" || echo "weston does not come up: $out/compositor.log"
  start "$name" "$prepare" "${in_wayland[@]}" "$program"
  sleep 9
  kill -0 "$started" 2>/dev/null && lives=yes
  (cd "$wayland/run" && rm -f wayland-screenshot*.png && as_user timeout 10 weston-screenshooter) >>"$out/compositor.log" 2>&1
  mv "$wayland"/run/wayland-screenshot*.png "$out/$name.png" 2>/dev/null
  verdict "$name" $lives $lives "$(colors_of "$out/$name.png")" window
  end_all
}

on_sway() {  # NAME PREPARE
  local name=$1 prepare=$2 lives=no
  is_asked "$name" || return 0
  need sway grim wtype wl-copy swaymsg
  printf 'output HEADLESS-1 resolution 1400x900\nxwayland disable\n' >"$wayland/config"
  rm -f "$wayland"/run/wayland-* "$wayland"/run/wl-*
  compositor WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman sway -c "$wayland/config"
  wait_for "$wayland/run/wayland-1" || echo "sway does not come up: $out/compositor.log"
  wl=wayland-1
  start "$name" "$prepare" "${in_wayland[@]}" WAYLAND_DISPLAY=wayland-1 "$program"
  sleep 9
  grim_as_root "$name-start"
  # An article pasted as from another program, then the key that opens. A keyboard has to be there for a moment before its
  # keys count: the clipboard belongs to who has the keyboard.
  printf 'The pier is open again\n\n"We welcome the pier," mayor Ana Lund said on 4 March 2019.\n' | as_user wl-copy
  as_user wtype -s 1500 -M ctrl v -m ctrl -s 500
  sleep 3
  grim_as_root "$name-pasted"
  as_user wtype -s 500 -M ctrl o -m ctrl -s 500
  sleep 3
  grim_as_root "$name-open"
  as_user wtype -s 500 -d 30 "$out/dropped.txt" -s 500
  as_user wtype -s 500 -k Return -s 500
  sleep 3
  grim_as_root "$name"
  kill -0 "$started" 2>/dev/null && lives=yes
  verdict "$name" $lives $lives "$(colors_of "$out/$name.png")" window
  end_all
}

# Its pictures go where the user may not write.
grim_as_root() {  # NAME
  as_user grim - >"$out/$1.png" 2>>"$out/compositor.log"
}

on_weston weston true
on_weston weston-no-gl "$no_gl"
on_sway sway "$no_dialogs"
on_sway sway-no-gl "$no_gl"

echo
printf '%s\n' "${table[@]}"
echo "pictures and what was said: $out"
exit $((n_failed > 0))
