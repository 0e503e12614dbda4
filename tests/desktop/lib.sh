# What the scripts of this folder share: a display of their own with a window manager, pictures of it, and an end to all of it.
#
# Sourced, never run. Everything started here is noted by its process id and ended by it, whatever happens.
# Needs: xvfb openbox xdotool imagemagick x11-utils dbus.

pids=()
out=${OUT:-$(mktemp -d -t throughline-desktop.XXXXXX)}
mkdir -p "$out"

need() {  # COMMAND…
  local command missing=()
  for command; do command -v "$command" >/dev/null || missing+=("$command"); done
  [ ${#missing[@]} -eq 0 ] || { echo "not installed: ${missing[*]}" >&2; exit 2; }
}

end() {  # PID
  kill "$1" 2>/dev/null || return 0
  local n
  for n in $(seq 50); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -9 "$1" 2>/dev/null || true
}

end_all() {
  local idx
  for ((idx = ${#pids[@]} - 1; idx >= 0; idx--)); do end "${pids[idx]}"; done
  pids=()
}
trap end_all EXIT

# Starts a screen of 1400 × 900 and a window manager on it; $DISPLAY is its name.
start_display() {  # [NUMBER [XVFB OPTION…]]
  local number=${1:-74}
  shift || true
  # Somebody else's display answers too, and would get our keys.
  [ ! -e "/tmp/.X11-unix/X$number" ] || { echo "the display :$number is taken; SCREEN=N takes another" >&2; exit 2; }
  Xvfb ":$number" -screen 0 1400x900x24 -nolisten tcp "$@" >"$out/xvfb.log" 2>&1 &
  pids+=($!)
  export DISPLAY=:$number
  unset WAYLAND_DISPLAY
  local n
  for n in $(seq 100); do
    xdpyinfo >/dev/null 2>&1 && break
    sleep 0.1
  done
  xdpyinfo >/dev/null 2>&1 || { echo "the display $DISPLAY does not come up" >&2; exit 2; }
  openbox >"$out/openbox.log" 2>&1 &
  pids+=($!)
}

picture() {  # NAME
  import -window root "$out/$1.png"
}

# Waits for a window whose title begins so; prints its id.
window_of() {  # TITLE [SECONDS]
  local n
  for n in $(seq $((${2:-10} * 5))); do
    xdotool search --onlyvisible --name "^$1" 2>/dev/null | head -n 1 | grep . && return 0
    sleep 0.2
  done
  return 1
}

keys() {  # KEY…
  xdotool key --clearmodifiers --delay 60 "$@"
  sleep 0.7
}

words() {  # TEXT
  xdotool type --clearmodifiers --delay 20 -- "$1"
  sleep 0.5
}
