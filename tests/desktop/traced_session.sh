#!/usr/bin/env bash
# A whole session of the window under a trace of its system calls: tests/desktop/traced_session.sh target/release/throughline
#
# Starts the program on a screen of its own with a window manager and a session bus, opens articles, drops one, pastes one,
# searches, compares, writes a page, saves the project, and quits. Then prints every kind of socket that was seen, with how
# often, and fails where one is not local or where a step left nothing behind. Pictures of each step lie in $OUT.
# Needs: strace xvfb openbox xdotool xclip imagemagick x11-utils dbus python3-xlib.
set -uo pipefail
program=$(realpath "${1:?the program to trace}")
here=$(dirname "$(realpath "$0")")
source "$here/lib.sh"
need strace Xvfb openbox xdotool xclip import xdpyinfo

seeds=$here/../../seeds
articles=$out/articles
rm -rf "$articles" "$out/home" "$out"/*.throughline "$out"/*.png
mkdir -p "$articles" "$out/home"
cp "$seeds"/*.txt "$articles"
# A page that asks for a picture and a style from elsewhere; it is read by a process of its own.
cat >"$out/dropped.html" <<'PAGE'
<html><head><title>The pier is open again</title><link rel="stylesheet" href="http://127.0.0.1:9/a.css"></head>
<body><h1>The pier is open again</h1><img src="http://127.0.0.1:9/pier.png">
<p>"We welcome the pier," mayor Ana Lund said on 4 March 2019.</p></body></html>
PAGE
export HOME=$out/home XDG_RUNTIME_DIR=$out/home
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
start_display "${SCREEN:-74}"
# A session bus that knows the display: the system's portal is started by it, where there is one.
export DBUS_SESSION_BUS_ADDRESS=unix:path=$out/home/bus
dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS" >"$out/bus.log" 2>&1 &
pids+=($!)

n_failed=0
step() {  # NAME CHECK…: is it so?
  local name=$1
  shift
  if "$@"; then echo "ok      $name"; else echo "FAILED  $name"; n_failed=$((n_failed + 1)); fi
}

cd "$out" || exit 2
strace -f -qq --seccomp-bpf -e trace=network,execve,io_uring_setup -o "$out/trace" -- "$program" articles/*.txt 2>"$out/stderr" &
traced=$!
pids+=($traced)
window=$(window_of Throughline 30)
step "a window is there" test -n "$window"
xdotool windowactivate --sync "$window" 2>/dev/null
sleep 4
picture 1-open

step "a dropped file is asked for" /usr/bin/python3 "$here/drop_files.py" throughline 600 400 "file://$out/dropped.html"
sleep 2
picture 2-dropped

printf 'NATO condemned the test\n\nSecretary General Jens Stoltenberg said on 5 March 2019: "I condemn the missile test."\n' |
  timeout 20 xclip -selection clipboard -i >/dev/null 2>&1
keys ctrl+v
sleep 2
picture 3-pasted

keys ctrl+f
words missile
sleep 1
picture 4-search
keys Escape Escape
keys ctrl+4
sleep 1
picture 5-compare
keys ctrl+5
sleep 4
picture 6-briefing

# The sheet begins at its button Close; Save is the last thing after it.
keys ctrl+e
sleep 1
picture 7-page-sheet
for _ in 1 2 3 4 5; do keys Tab; done
keys Return
sleep 3
picture 8-page-saved
step "the page was written" bash -c "ls '$out'/nato-*.png | grep -q ."
keys Escape
# The system's dialog where there is one, else the window's own field; both take a whole path.
keys ctrl+s
sleep 3
picture 9-save-as
keys ctrl+a
words "$out/session.throughline"
keys Return
sleep 2.5
picture 10-saved
step "the project was written" test -s "$out/session.throughline"

xdotool windowactivate --sync "$window" 2>/dev/null
keys alt+F4
for _ in $(seq 50); do kill -0 "$traced" 2>/dev/null || break; sleep 0.2; done
step "the window closed" bash -c "! kill -0 $traced 2>/dev/null"
step "the file holds the dropped and the pasted article" \
  bash -c "'$program' read '$out/session.throughline' | grep -c 'Ana Lund\|pier is open\|NATO condemned' | grep -vqx 0"

echo "processes: $(grep -c 'execve(' "$out/trace")"
echo "sockets by family:"
grep -oE '(socket|socketpair)\((AF|PF)_[A-Z0-9]+' "$out/trace" | sort | uniq -c
echo "addresses by family:"
grep -oE 'sa_family=(AF|PF)_[A-Z0-9]+' "$out/trace" | sort | uniq -c
step "sockets were seen at all" grep -q 'socket(AF_UNIX' "$out/trace"
foreign() {
  grep -v 'execve(' "$out/trace" | grep -E '\b(AF|PF)_[A-Z0-9]+|io_uring_setup' | grep -vE '\b(AF|PF)_(UNIX|LOCAL)\b'
}
step "and none but local ones" bash -c "! { $(declare -f foreign); out='$out' foreign; } | grep ."
[ -s "$out/stderr" ] && { echo "said on stderr:"; sed 's/^/  /' "$out/stderr"; }
echo "pictures and trace: $out"
exit $((n_failed > 0))
