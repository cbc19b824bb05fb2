package app

import (
	"context"
	"sync"
	"time"

	"constancia/internal/casework"
)

// eventMail carries a MailNews to the page.
const eventMail = "mail"

// Pauses after a server that can't be reached: each is twice as long as the one before.
const (
	firstPause   = time.Minute
	longestPause = 30 * time.Minute
)

// watcher looks for new emails of the cases that are watched while the window is open: at once, and again whenever the
// server says that something came in.
type watcher struct {
	changed chan struct{}
}

func newWatcher() watcher { return watcher{changed: make(chan struct{}, 1)} }

// ring says that what is watched has changed.
func (w watcher) ring() {
	select {
	case w.changed <- struct{}{}:
	default: // it was said already
	}
}

// watchMail keeps watching until the window is closed. What is watched is asked for anew now and then, as another process
// may change it, or another library be opened.
func (d *desk) watchMail(ctx context.Context) {
	watching := map[string]context.CancelFunc{} // by mailbox
	var running sync.WaitGroup
	var of *casework.Casework
	stop := func(keep map[string]bool) {
		for mailboxID, cancel := range watching {
			if !keep[mailboxID] {
				cancel()
				delete(watching, mailboxID)
			}
		}
	}
	defer running.Wait()
	defer stop(nil)
	for ctx.Err() == nil {
		d.mu.RLock()
		work := d.casework
		d.mu.RUnlock()
		if work != of {
			stop(nil)
			of = work
		}
		wanted := map[string]bool{}
		if work != nil {
			mailboxes, _ := work.WatchedMailboxes(ctx) // asked again soon
			for _, mailboxID := range mailboxes {
				wanted[mailboxID] = true
			}
		}
		stop(wanted)
		for mailboxID := range wanted {
			if watching[mailboxID] != nil {
				continue
			}
			var one context.Context
			one, watching[mailboxID] = context.WithCancel(ctx)
			running.Go(func() { d.watchMailbox(one, work, mailboxID) })
		}
		select {
		case <-ctx.Done():
		case <-d.watcher.changed:
			stop(nil) // and all begin anew: what failed may work now
		case <-time.After(lookEvery):
		}
	}
}

// watchMailbox looks for new emails of all cases that a mailbox is watched for, again and again.
func (d *desk) watchMailbox(ctx context.Context, work *casework.Casework, mailboxID string) {
	pause := firstPause
	for ctx.Err() == nil {
		err := d.lookOnce(ctx, work, mailboxID)
		if err == nil {
			pause = firstPause
			err = work.WaitForMail(ctx, mailboxID)
		}
		if err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
			pause = min(2*pause, longestPause)
		}
	}
}

// lookOnce looks for new emails once. What goes wrong is kept with the watch, for the page to tell.
func (d *desk) lookOnce(ctx context.Context, work *casework.Casework, mailboxID string) (err error) {
	defer guard(&err)
	watches, err := work.MailWatches(ctx)
	if err != nil {
		return err
	}
	for _, watch := range watches {
		if watch.MailboxID != mailboxID {
			continue
		}
		_, failed := work.LookForMail(ctx, watch.CaseID, nil)
		if ctx.Err() == nil {
			d.emit(eventMail, MailNews{CaseID: watch.CaseID})
		}
		if failed != nil {
			err = failed
			continue
		}
		_, _ = work.KeepKeysDue(ctx, true) // the network is there; what fails is tried again with the next look
	}
	return err
}
