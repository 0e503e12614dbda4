#!/usr/bin/env python3
"""Drops files onto an X11 window as a file manager would (XDND version 5), for trying drag-and-drop by hand or script.

    drop_files.py CLASS X Y URI...      X and Y are relative to the window
    HOLD=2 drop_files.py ...            hovers for that many seconds before the drop (default 0.5)
    LEAVE=1 drop_files.py ...           hovers and leaves without dropping

Needs python3-xlib (Debian's package: run it with /usr/bin/python3), a display (Xvfb and openbox will do) and a window
of that class that announces XdndAware. What is dropped is named as the window's own system names it (file:///…). Prints
what the window answers. Exit status 1 if there is no such window, 2 if it never asked for the files.
"""
import os
import sys
import time

from Xlib import X, display
from Xlib.protocol import event

wanted, x, y, uris = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
hold = float(os.environ.get("HOLD", "0.5"))
uris = "".join(f"{uri}\r\n" for uri in uris).encode()
server = display.Display()
root = server.screen().root
atom = server.intern_atom
asked = False


def find(window):
    """The first window below `window` of the class that takes drops."""
    try:
        if wanted in (window.get_wm_class() or ()) and window.get_full_property(atom("XdndAware"), 0):
            return window
        children = window.query_tree().children
    except Exception:  # a window that went away while we looked
        return None
    return next(filter(None, map(find, children)), None)


def send(name, *data):
    message = event.ClientMessage(window=target, client_type=atom(name), data=(32, [source.id, *data]))
    target.send_event(message, event_mask=0)
    server.flush()


def answer(seconds):
    """Serves the window's requests for the list of files and prints what it says."""
    global asked
    end = time.time() + seconds
    while time.time() < end:
        while server.pending_events():
            e = server.next_event()
            if e.type == X.SelectionRequest:
                asked = True
                prop = e.property or e.target
                e.requestor.change_property(prop, e.target, 8, uris)
                e.requestor.send_event(event.SelectionNotify(
                    time=e.time, requestor=e.requestor, selection=e.selection, target=e.target, property=prop))
                server.flush()
            elif e.type == X.ClientMessage:
                print(server.get_atom_name(e.client_type), list(e.data[1]))
        time.sleep(0.01)


target = find(root)
if target is None:
    sys.exit(f"no window of class '{wanted}' that takes drops")
source = root.create_window(0, 0, 1, 1, 0, server.screen().root_depth, event_mask=X.PropertyChangeMask)
source.set_selection_owner(atom("XdndSelection"), X.CurrentTime)
server.sync()
origin = root.translate_coords(target, 0, 0)
send("XdndEnter", 5 << 24, atom("text/uri-list"), 0, 0)
for step in range(5):
    place = (origin.x + x + step) << 16 | (origin.y + y + step)
    send("XdndPosition", 0, place, X.CurrentTime, atom("XdndActionCopy"))
    answer(hold / 5)
if os.environ.get("LEAVE"):
    send("XdndLeave", 0, 0, 0, 0)
    answer(0.3)
else:
    send("XdndDrop", 0, X.CurrentTime, 0, 0)
    answer(0.8)
    sys.exit(0 if asked else 2)
