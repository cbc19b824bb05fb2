/* Drops a file on the one window of a display that takes drops, as a file manager does: by the XDND protocol, version 5.
 *
 *   drop ADDRESS X Y    ADDRESS is a file:// address; X and Y are pixels from the window's upper left corner.
 *
 * It ends well when the window said that it took the file. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { version = 5, tries = 100, pause_ms = 50 };

static Display *display;
static Window self, target;
static const char *address;

static Atom atom(const char *name) { return XInternAtom(display, name, False); }

/* The first window below another that takes drops. */
static Window find(Window below) {
  Window root, parent, *children = NULL, found = None;
  unsigned count = 0;
  if (!XQueryTree(display, below, &root, &parent, &children, &count)) return None;
  for (unsigned i = 0; i < count && found == None; i++) {
    Atom type = None;
    int format;
    unsigned long items, rest;
    unsigned char *value = NULL;
    XWindowAttributes seen;
    XGetWindowProperty(display, children[i], atom("XdndAware"), 0, 1, False, AnyPropertyType, &type, &format, &items, &rest, &value);
    if (value) XFree(value);
    XGetWindowAttributes(display, children[i], &seen);
    found = type != None && seen.map_state == IsViewable ? children[i] : find(children[i]);
  }
  if (children) XFree(children);
  return found;
}

static void tell(const char *what, long a, long b, long c, long d) {
  XEvent event = {0};
  event.xclient.type = ClientMessage;
  event.xclient.window = target;
  event.xclient.message_type = atom(what);
  event.xclient.format = 32;
  event.xclient.data.l[0] = self;
  event.xclient.data.l[1] = a;
  event.xclient.data.l[2] = b;
  event.xclient.data.l[3] = c;
  event.xclient.data.l[4] = d;
  XSendEvent(display, target, False, NoEventMask, &event);
  XFlush(display);
}

/* Gives the window the list of files that it asks for. */
static void answer(const XSelectionRequestEvent *asked) {
  XEvent event = {0};
  event.xselection.type = SelectionNotify;
  event.xselection.requestor = asked->requestor;
  event.xselection.selection = asked->selection;
  event.xselection.target = asked->target;
  event.xselection.time = asked->time;
  if (asked->target == atom("text/uri-list")) {
    char list[4096];
    int length = snprintf(list, sizeof list, "%s\r\n", address);
    XChangeProperty(display, asked->requestor, asked->property, asked->target, 8, PropModeReplace, (unsigned char *)list, length);
    event.xselection.property = asked->property;
  }
  XSendEvent(display, asked->requestor, False, NoEventMask, &event);
  XFlush(display);
}

/* Answers what the window asks for a moment. True when it said what is waited for: for a status, that it takes the file. */
static int hears(const char *what) {
  struct pollfd socket = {ConnectionNumber(display), POLLIN, 0};
  while (XPending(display) || poll(&socket, 1, pause_ms) > 0) {
    XEvent event;
    XNextEvent(display, &event);
    if (event.type == SelectionRequest) answer(&event.xselectionrequest);
    if (event.type != ClientMessage || event.xclient.message_type != atom(what)) continue;
    if (event.xclient.data.l[1] & 1) return 1;
  }
  return 0;
}

int main(int count, char **words) {
  if (count != 4 || !(display = XOpenDisplay(NULL))) return 2;
  address = words[1];
  Window root = DefaultRootWindow(display), child;
  int x, y;
  if ((target = find(root)) == None) {
    fputs("no window takes drops\n", stderr);
    return 1;
  }
  XTranslateCoordinates(display, target, root, atoi(words[2]), atoi(words[3]), &x, &y, &child);
  self = XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, 0, 0);
  XSetSelectionOwner(display, atom("XdndSelection"), self, CurrentTime);
  tell("XdndEnter", (long)version << 24, atom("text/uri-list"), None, None);
  int taken = 0;
  for (int i = 0; i < tries && !taken; i++) {
    tell("XdndPosition", 0, (long)x << 16 | y, CurrentTime, atom("XdndActionCopy"));
    taken = hears("XdndStatus");
  }
  if (taken) {
    tell("XdndDrop", 0, CurrentTime, 0, 0);
    taken = 0;
    for (int i = 0; i < tries && !taken; i++) taken = hears("XdndFinished");
  }
  if (!taken) fputs("the window did not take the file\n", stderr);
  return !taken;
}
