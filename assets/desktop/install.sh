#!/bin/sh
# Installs Throughline for you, or takes it away again:
#
#   ./install.sh                    into ~/.local, without being root
#   ./install.sh --prefix FOLDER    elsewhere, such as /usr/local
#   ./install.sh --uninstall        takes away what was put there, and nothing else
#
# What was put where is noted in share/throughline/installed. Your projects and settings are never touched.
set -eu

prefix=${HOME:+$HOME/.local}
is_install=yes
fail() { printf 'install.sh: %s\n' "$1" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) [ $# -ge 2 ] || fail 'after --prefix stands a folder'; prefix=$2; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    --uninstall) is_install=no; shift ;;
    -h|--help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) fail "unknown argument $1; --help names all there are" ;;
  esac
done
[ -n "$prefix" ] || fail 'HOME is not set: name a folder with --prefix'
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
case $prefix in
  *[\"\`\$\\%]*) fail "a desktop file can't name a folder with \" \` \$ \\ or % in it: $prefix" ;;
  *'
'*) fail "a desktop file can't name a folder with a line end in it" ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
noted=$prefix/share/throughline/installed

# Tells the desktop of new or gone types and programs, where it has the means.
refresh() {
  if command -v update-mime-database >/dev/null && [ -d "$prefix/share/mime/packages" ]; then
    update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
  fi
  if command -v update-desktop-database >/dev/null && [ -d "$prefix/share/applications" ]; then
    update-desktop-database -q "$prefix/share/applications" >/dev/null 2>&1 || true
  fi
  icons=$prefix/share/icons/hicolor
  if [ -d "$icons" ]; then
    # A list of icons is mended where there is one; a new one would hide what others put there later.
    if [ -e "$icons/icon-theme.cache" ] && command -v gtk-update-icon-cache >/dev/null; then
      gtk-update-icon-cache -q -t -f "$icons" >/dev/null 2>&1 || true
    fi
    touch "$icons"
  fi
}

# Makes a folder, and notes it and those over it that were not there.
folder() {
  [ ! -d "$1" ] || return 0
  folder "$(dirname "$1")"
  mkdir "$1"
  printf 'folder\t%s\n' "$1" >> "$notes"
}

put_all() {
  [ -x "$here/bin/throughline" ] || fail "bin/throughline is not beside this script: run it in the unpacked folder"
  [ ! -e "$noted" ] || take_all
  notes=$(mktemp)
  for cache in mime/mime.cache applications/mimeinfo.cache; do
    [ -e "$prefix/share/$cache" ] || printf 'made\t%s\n' "$cache" >> "$notes"
  done
  folder "$prefix/share/throughline"
  (cd "$here" && find bin share -type f | LC_ALL=C sort) | while IFS= read -r file; do
    folder "$(dirname "$prefix/$file")"
    # Put aside and moved, so that a running program keeps its own.
    cp "$here/$file" "$prefix/$file.new"
    mv -f "$prefix/$file.new" "$prefix/$file"
    printf 'file\t%s\n' "$prefix/$file" >> "$notes"
  done
  desktop=$prefix/share/applications/throughline.desktop
  # Launchers may not know this folder, so the whole path stands there; in quotes only where it must be, since not all of
  # them read those.
  case $prefix in
    *[!A-Za-z0-9/._+@:,-]*) quote='"' ;;
    *) quote= ;;
  esac
  awk -v program="$prefix/bin/throughline" -v quote="$quote" '
    /^Exec=throughline/ { sub(/^Exec=throughline/, ""); print "Exec=" quote program quote $0; next }
    /^TryExec=/ { print "TryExec=" program; next }
    { print }' "$here/share/applications/throughline.desktop" > "$desktop"
  cp "$here/install.sh" "$prefix/share/throughline/install.sh"
  chmod 755 "$prefix/bin/throughline" "$prefix/share/throughline/install.sh"
  printf 'file\t%s\n' "$prefix/share/throughline/install.sh" "$noted" >> "$notes"
  cp "$notes" "$noted"
  chmod 644 "$noted"
  rm "$notes"
  refresh
  printf 'Installed in %s.\n' "$prefix"
  case :$PATH: in *":$prefix/bin:"*) ;; *) printf 'To call it in a terminal, add %s to PATH.\n' "$prefix/bin" ;; esac
  printf 'To take it away: %s/share/throughline/install.sh --uninstall --prefix %s\n' "$prefix" "$prefix"
}

# What the desktop's tools made of our files alone goes with them; what others use stays.
take_made() {
  case $1 in
    mime/mime.cache)
      ls "$prefix/share/mime/packages/"* >/dev/null 2>&1 && return 0
      for name in XMLnamespaces aliases generic-icons globs globs2 icons magic mime.cache subclasses treemagic types version; do
        rm -f "$prefix/share/mime/$name"
      done
      # Where it keeps a file a type.
      rmdir "$prefix/share/mime/application" 2>/dev/null || true ;;
    applications/mimeinfo.cache)
      ls "$prefix/share/applications/"*.desktop >/dev/null 2>&1 || rm -f "$prefix/share/applications/mimeinfo.cache" ;;
  esac
}

take_all() {
  [ -e "$noted" ] || fail "nothing of this program is installed in $prefix"
  list=$(mktemp)
  cp "$noted" "$list"
  tab=$(printf '\t')
  while IFS=$tab read -r kind place; do
    [ "$kind" != file ] || rm -f "$place"
  done < "$list"
  refresh
  while IFS=$tab read -r kind place; do
    [ "$kind" != made ] || take_made "$place"
  done < "$list"
  # The innermost first; one in which something else lies stays.
  grep "^folder" "$list" | cut -f 2 | LC_ALL=C sort -r | while IFS= read -r place; do
    rmdir "$place" 2>/dev/null || true
  done
  rm "$list"
}

if [ $is_install = yes ]; then
  put_all
else
  take_all
  printf 'Taken away from %s. Your projects and settings are where they were.\n' "$prefix"
fi
