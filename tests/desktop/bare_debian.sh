#!/usr/bin/env bash
# Walks through the Debian package on a machine that has nothing: tests/desktop/bare_debian.sh PACKAGE.deb PICTURES
#
# In a fresh Debian 12 (debootstrap, or the archive of one that BASE names): install, start from the desktop file,
# open articles and a project by association, hand files to the window that is open, drop, save, quit, remove. Each
# step says ok or FAILED, and the window is photographed after it, for a person to look at; what lies on the disk
# afterwards is compared with what lay there before. Twice: first with nothing but the package and what it asks for, then
# with the tools of a desktop. Needs root, the network for Debian's packages, and on this side xvfb, openbox, xdotool,
# imagemagick, python3-xlib. Not part of `cargo test`.
#
#   DISPLAY_NUMBER=71   the display to take       MIRROR=http://…   where packages come from
#   BASE=FILE.tar       made where it is not there, and taken where it is
#   KEEP=1              leaves the root for a look
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

package=$(realpath "$1") pictures=$(realpath -m "$2")
number=${DISPLAY_NUMBER:-71} mirror=${MIRROR:-http://deb.debian.org/debian}
seeds=$(realpath ../../seeds)
root=$(mktemp -d --suffix=-debian) work=$(mktemp -d)
failures=0 pictured=0
mkdir -p "$pictures"
export DISPLAY=:$number

check() {  # NAME COMMAND…
  local name=$1 start=$SECONDS
  shift
  if "$@" > "$work/said" 2>&1; then
    printf 'ok      %s (%d s)\n' "$name" $((SECONDS - start))
  else
    printf 'FAILED  %s (%d s)\n' "$name" $((SECONDS - start))
    tail -n 12 "$work/said" | sed 's/^/        /'
    failures=$((failures + 1))
  fi
}

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
# As somebody who is not root, with neither a locale nor a terminal.
reader() {
  chroot --userspec=reader:reader "$root" env -i PATH=/usr/bin:/bin HOME=/home/reader "DISPLAY=$DISPLAY" \
    sh -c 'cd && exec "$@"' sh "$@"
}
window() { xdotool search --onlyvisible --class '^throughline$' 2>/dev/null; }
windows() { window | wc -l; }
within() {  # SECONDS COMMAND…: does it hold before they are over?
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.3
  done
}
are_windows() { [ "$(windows)" = "$1" ]; }
has_title() { xdotool getwindowname "$(window | head -1)" 2>/dev/null | grep > /dev/null -- "$1"; }
picture() {
  sleep "${2:-2}"
  pictured=$((pictured + 1))
  import -window root "$pictures/$(printf '%02d' $pictured)-$1.png"
}
keys() { xdotool windowactivate --sync "$(window | head -1)" key --clearmodifiers "$@"; }
type_in() { xdotool type --clearmodifiers --delay 30 -- "$1"; }
# The names in work without a name, as the program itself reads them.
work_holds() {
  local file
  for file in "$root"/home/reader/.local/share/throughline/untitled/*.throughline; do
    reader throughline read --json "${file#"$root"}" 2>/dev/null | grep > /dev/null -- "$1" && return 0
  done
  return 1
}

end() {
  local place process
  # Whatever still runs in the root holds it.
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/root" 2>/dev/null)" = "$root" ] && kill "${process#/proc/}" 2>/dev/null
  done
  for process in ${openbox:-} ${xvfb:-}; do kill "$process" 2>/dev/null; done
  sleep 1
  for place in dev/pts dev sys proc; do
    mountpoint -q "$root/$place" && umount "$root/$place"
  done
  # Never through a mount into the machine's own files.
  if [ -n "${KEEP:-}" ] || mountpoint -q "$root/dev"; then printf 'the root is %s\n' "$root"; else rm -rf --one-file-system "$root"; fi
  rm -rf "$work"
}
trap end EXIT

make_root() {
  if [ -n "${BASE:-}" ] && [ -e "$BASE" ]; then
    tar -C "$root" -xf "$BASE"
  else
    debootstrap --variant=minbase bookworm "$root" "$mirror" || return 1
    [ -z "${BASE:-}" ] || tar -C "$root" -cf "$BASE" . || return 1
  fi
  mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || return 1
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # No service starts in a folder.
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d" "$root"
  inside useradd --create-home --shell /bin/sh reader || return 1
  mkdir -p "$root/home/reader/articles" "$root/home/reader/more"
  cp "$seeds"/*.txt "$root/home/reader/articles/" || return 1
  # Named so that a careless start takes the one for a command and the other for an option.
  printf 'Harbor opens\n\nOSLO, 4 May 2021 – "We are deeply concerned," Mayor Ness said on Tuesday.\n' \
    > "$root/home/reader/more/read"
  printf 'Cranes come down\n\nOSLO, 9 June 2023 – "We are deeply concerned," Mayor Ness said on Friday.\n' \
    > "$root/home/reader/more/--new cranes.txt"
  inside chown -R reader:reader /home/reader
  cp "$package" "$root/tmp/throughline.deb" && chmod 644 "$root/tmp/throughline.deb"
  inside apt-get update -q
}

# Everything but what apt and dpkg note for themselves, and what runs.
files() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./sys -o -path ./tmp -o -path ./run \
    -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune -o -print | LC_ALL=C sort)
}
left_over() {  # BEFORE: what is there now and was not, but for the reader's own
  files | LC_ALL=C comm -13 "$1" - | grep -v '^\./home/reader'
}
nothing_left() { ! left_over "$1"; }
purge() { inside apt-get purge -y throughline && inside apt-get autoremove --purge -y; }
install_package() { inside apt-get install -y --no-install-recommends /tmp/throughline.deb; }

start_display() {
  Xvfb "$DISPLAY" -screen 0 1440x900x24 >/dev/null 2>&1 & xvfb=$!
  within 10 xdotool getdisplaygeometry || return 1
  openbox >/dev/null 2>&1 & openbox=$!
  sleep 1
}
# What a launcher does with the line in the desktop file, for files without spaces in their names.
start_from_desktop_file() {
  local line
  line=$(sed -n 's/^Exec=//p' "$root/usr/share/applications/throughline.desktop" | head -1)
  # shellcheck disable=SC2086 # the words of the line
  reader ${line/\%F/$*} >"$work/started" 2>&1 &
}
quit() {
  local each
  for each in $(window); do xdotool windowactivate --sync "$each" key --clearmodifiers alt+F4; sleep 1; done
  within 15 are_windows 0
}
dropped() {
  xdotool windowactivate --sync "$(window | head -1)"
  /usr/bin/python3 drop_files.py throughline 600 400 "$@"
}
is_dialog() { ! window | grep -x "$(xdotool getactivewindow 2>/dev/null)" > /dev/null; }
# Into the system's dialog, or the field that takes its place where none comes up.
save_as() {
  keys ctrl+s
  within 10 is_dialog
  sleep 2
  xdotool key ctrl+a
  type_in "$1"
  picture saving
  xdotool key Return
  within 15 test -s "$root$1"
}

printf 'Debian 12, %s\n' "$(basename "$package")"
check 'a bare Debian 12 is there' make_root
check 'a display is there' start_display

printf '\nNothing but the package\n'
files > "$work/before"
check 'the package is installed with what it asks for' install_package
check 'the program says its version' reader throughline --version
for file in copyright THIRD-PARTY.txt.gz throughline.cdx.json.gz; do
  check "the package has its $file" test -s "$root/usr/share/doc/throughline/$file"
done
check 'it analyzes articles in a terminal' reader throughline analyze /home/reader/articles
check 'it starts from the desktop file' start_from_desktop_file
check 'a window is there' within 30 are_windows 1
picture bare-start 4
check 'articles are dropped' dropped file:///home/reader/more/read 'file:///home/reader/more/--new%20cranes.txt'
picture bare-dropped 3
check 'what was dropped is kept' within 15 work_holds 'Cranes come down'
check 'it is saved under a name, without a portal' save_as /home/reader/bare.throughline
picture bare-saved
check 'it quits' quit
check 'it is removed and purged' purge
check 'nothing is left but what is the reader'\''s' nothing_left "$work/before"
printf '        of the reader: %s\n' "$(cd "$root/home/reader" && find . -name '*.throughline' | sort | tr '\n' ' ')"

printf '\nWith the tools of a desktop\n'
check 'they are installed' inside apt-get install -y --no-install-recommends \
  xdg-utils libglib2.0-bin desktop-file-utils shared-mime-info hicolor-icon-theme zenity libfile-mimeinfo-perl
rm -rf "$root/home/reader/.local" "$root"/home/reader/*.throughline
files > "$work/before"
check 'the package is installed' install_package
check 'the desktop knows the program' grep -q 'application/x-throughline=throughline.desktop' \
  "$root/usr/share/applications/mimeinfo.cache"
check 'the desktop knows the type by its name' grep -q ':\*\.throughline$' "$root/usr/share/mime/globs2"
reader throughline save --out /home/reader/harbor.throughline articles 2>/dev/null
cp "$root/home/reader/harbor.throughline" "$root/home/reader/without-ending"
is_type() { reader gio info -a standard::content-type "/home/reader/$1" | grep "$2" > /dev/null; }
check 'a project is known by its name' is_type harbor.throughline application/x-throughline
check 'and by its bytes' is_type without-ending application/x-throughline
opens() { [ "$(reader xdg-mime query default "$1")" = throughline.desktop ]; }
check 'a project is opened by it' opens application/x-throughline
offers() { reader gio mime "$1" | grep throughline.desktop > /dev/null; }
for type in text/plain text/html application/pdf application/epub+zip message/rfc822; do
  check "it is offered for $type" offers $type
done

# Without a desktop around it, xdg-open waits until the program ends.
opened() { reader xdg-open "$1" >"$work/opened" 2>&1 & }
check 'a double click on a project starts it' opened /home/reader/harbor.throughline
check 'a window with the project is there' within 30 has_title harbor
picture project-by-association 4
check 'it quits' quit

check 'five articles are opened from the desktop file' reader gio launch /usr/share/applications/throughline.desktop \
  articles/000_a454fe8a7f08d7e3.txt articles/001_c55e87a090aca251.txt articles/002_444800f51eb81dcd.txt \
  articles/003_b6f2202c098a664e.txt articles/004_79fc82bee750cef7.txt
check 'a window is there' within 30 are_windows 1
check 'all five are in it' within 20 work_holds 004_79fc82bee750cef7
picture five-articles 4
check 'a double click on one more hands it over' reader gio open /home/reader/more/read
sleep 4
check 'there is still one window' are_windows 1
check 'and the article is in it' within 20 work_holds 'Harbor opens'
picture handed-over
check 'a name like an option is dropped as a file' dropped 'file:///home/reader/more/--new%20cranes.txt'
check 'and is in it' within 20 work_holds 'Cranes come down'
picture dropped 3
check 'it is saved under a name' save_as /home/reader/cranes.throughline
picture saved
new_window() {
  local line before
  before=$(windows)
  line=$(sed -n '/^\[Desktop Action new-window\]/,$s/^Exec=//p' "$root/usr/share/applications/throughline.desktop")
  # shellcheck disable=SC2086 # the words of the line
  reader $line >/dev/null 2>&1 &
  within 30 are_windows $((before + 1))
}
check 'the action opens a window of its own' new_window
picture two-windows
check 'both quit' quit
check 'it is removed and purged' purge
check 'nothing is left but what is the reader'\''s' nothing_left "$work/before"
check 'the desktop knows the type no more' sh -c '! grep -q throughline "$1/usr/share/mime/globs2"' sh "$root"
printf '        of the reader: %s\n' "$(cd "$root/home/reader" && find . -name '*.throughline' | sort | tr '\n' ' ')"

printf '\n%d failed; pictures in %s\n' "$failures" "$pictures"
[ "$failures" = 0 ]
