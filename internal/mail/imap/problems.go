package imap

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"

	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

// maxDetail bounds what is shown of a server's own words.
const maxDetail = 200

// detail makes a server's words, or the library's, fit to be shown: one line, printable, short.
func detail(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	text = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c == '\uFFFD' {
			return -1
		}
		return c
	}, strings.ToValidUTF8(text, ""))
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > maxDetail {
		text = string(runes[:maxDetail]) + "…"
	}
	return text
}

func cancelled(err error) error { return problem.Wrap(err, problem.Cancelled, nil) }

func (a Account) odd(err error) error {
	return problem.Wrap(err, problem.ServerOdd, problem.Values{"host": a.Host, "detail": detail(err.Error())})
}

// refused keeps all of the words in its cause: in the part that is shown, half a password could not be recognized. Words
// that are known are told as what they mean.
func (a Account) refused(err error, words string) error {
	if means, known := provider.WhatServerMeans(words); known {
		return a.meant(fmt.Errorf("%w: %s", err, words), means)
	}
	return problem.Wrap(fmt.Errorf("%w: %s", err, words), problem.ServerRefused, problem.Values{"host": a.Host, "detail": detail(words)})
}

// meant is what the server means by what it said. Whose server it is, the person knows better by its provider's name.
func (a Account) meant(err error, means problem.Code) error {
	return problem.Wrap(err, means, problem.Values{"provider": provider.NameOf(a.Host, a.User), "user": a.User})
}

func (a Account) cut(err error) error {
	return problem.Wrap(err, problem.ServerCut, problem.Values{"host": a.Host})
}

func (a Account) silent(err error) error {
	return problem.Wrap(err, problem.ServerSilent, problem.Values{"host": a.Host})
}

// connectionProblem tells what ended a connection: a limit, a silence, or its end.
func (a Account) connectionProblem(failure error, bye string) error {
	var broken violation
	switch {
	case errors.As(failure, &broken):
		return a.odd(broken)
	case isTimeout(failure):
		return a.silent(failure)
	case bye != "":
		return a.refused(failure, bye)
	default:
		return a.cut(failure)
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// explain gives the problem that err is, and does not say the password.
func (c *Client) explain(ctx context.Context, err error) error {
	var own ofReceiver
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return cancelled(ctx.Err())
	case errors.As(err, &own):
		return own.error
	}
	return c.account.withoutPassword(c.whatFailed(err))
}

// whatFailed gives the problem behind an error. The first failure of the connection explains best; else the server
// answered NO or BAD, or sent what can't be parsed.
func (c *Client) whatFailed(err error) error {
	var known *problem.Problem
	if errors.As(err, &known) {
		return err
	}
	var answer *goimap.Error
	if errors.As(err, &answer) {
		return c.account.answerProblem(answer)
	}
	bye, failure := c.guard.whatFailed()
	switch {
	case failure != nil:
		return c.account.connectionProblem(failure, bye)
	case bye != "" && !c.guard.wasAborted():
		// The library hangs up on hearing BYE, and may then say only that the connection is closed.
		return c.account.refused(err, bye)
	}
	if !errors.Is(err, net.ErrClosed) {
		return c.account.odd(err)
	}
	if c.guard.wasAborted() {
		return c.account.cut(err)
	}
	return c.account.odd(c.whyLibraryClosed())
}

// whyLibraryClosed gives the reason for which the library closed the connection by itself: it could not parse what came.
// Commands that follow know only that it is closed.
func (c *Client) whyLibraryClosed() error {
	select {
	case <-c.library.Closed():
		return cmp.Or(c.library.Close(), net.ErrClosed)
	case <-time.After(time.Second):
		return net.ErrClosed
	}
}

// answerProblem tells what a NO, BAD or BYE means where nobody knows better.
func (a Account) answerProblem(answer *goimap.Error) error {
	if answer.Type == goimap.StatusResponseTypeBad {
		return a.odd(answer)
	}
	words := answer.Text
	if words == "" {
		words = string(answer.Type) + " " + string(answer.Code)
	}
	return a.refused(answer, words)
}

// withoutPassword gives the same problem without the server's words, where these repeat the password. A server is told
// the password; an error is read aloud, copied into a report, or kept in a log.
func (a Account) withoutPassword(err error) error {
	known := problem.From(err)
	if known.Cause == nil || !a.repeatsPassword(known.Cause.Error()+"\n"+known.Values["detail"]) {
		return err
	}
	values := maps.Clone(known.Values)
	if _, shown := values["detail"]; shown {
		values["detail"] = a.Password.String()
	}
	return problem.Wrap(errors.New("the server repeats the password"), known.Code, values)
}

// repeatsPassword is whether a text gives the password or the token away: as it is, in quotes, or as it was sent.
func (a Account) repeatsPassword(text string) bool {
	password, token := a.Password.Reveal(), a.Token.Reveal()
	return repeats(text, password, base64.StdEncoding.EncodeToString([]byte("\x00"+a.User+"\x00"+password))) ||
		repeats(text, token, base64.StdEncoding.EncodeToString([]byte(bearerOf(a.User, token))))
}

func repeats(text, secret, asSent string) bool {
	if secret == "" {
		return false
	}
	inGo := strings.Trim(strconv.Quote(secret), `"`)
	inIMAP := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(secret)
	alone := base64.StdEncoding.EncodeToString([]byte(secret))
	return slices.ContainsFunc([]string{secret, inGo, inIMAP, alone, asSent},
		func(form string) bool { return strings.Contains(text, form) })
}
