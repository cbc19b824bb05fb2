package imap

import (
	"context"
	"errors"
	"strings"
	"time"

	goimap "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"constancia/internal/mail/provider"
	"constancia/internal/problem"
)

// Client is a session with a server, signed in. Its methods must not be called at the same time. A canceled context ends
// the session, and so does any problem of the connection; a new one has to be made then.
type Client struct {
	account Account
	guard   *guard
	library *imapclient.Client
	key     Pin
	news    news
}

// Connect opens a session and signs in. No error says the password, not even where the server repeats it.
func Connect(ctx context.Context, account Account) (*Client, error) {
	if err := account.check(); err != nil {
		return nil, err
	}
	conn, err := account.dial(ctx)
	if err != nil {
		return nil, account.withoutPassword(err)
	}
	greeting := ""
	if account.Security == StartTLS {
		greeting = "* OK secured\r\n"
	}
	c := &Client{account: account, news: newNews(), key: keyOf(conn.ConnectionState().PeerCertificates[0])}
	c.guard = newGuard(conn, account.silence(), greeting)
	c.guard.begin() // before the library's first read
	c.library = imapclient.New(c.guard, &imapclient.Options{UnilateralDataHandler: c.news.handler()})
	err = c.run(ctx, func() error {
		if err := c.library.WaitGreeting(); err != nil {
			return err
		}
		return c.signIn()
	})
	if err != nil {
		_ = c.guard.abort() // the problem is told already
		return nil, err
	}
	return c, nil
}

// Key is the SHA-256 of the server's public key.
func (c *Client) Key() Pin { return c.key }

// Close takes leave of the server and closes the connection. It waits for an answer only briefly, and never hangs.
func (c *Client) Close() error {
	left := make(chan struct{})
	go func() {
		defer close(left)
		_ = c.library.Logout().Wait() // politeness: the connection is closed in any case
	}()
	select {
	case <-left:
	case <-time.After(min(farewell, c.account.silence())):
	}
	// The library's own Close is not called: it waits for a reader that may wait for somebody to read a literal.
	if err := c.guard.abort(); err != nil {
		return c.account.cut(err)
	}
	return nil
}

// farewell is how long Close waits for the server's answer.
const farewell = 2 * time.Second

// run runs a command: the server has to answer within its time, a canceled context closes the connection, and errors
// become problems.
func (c *Client) run(ctx context.Context, command func() error) error {
	if err := ctx.Err(); err != nil {
		return cancelled(err)
	}
	c.guard.begin()
	defer c.guard.end()
	stop := context.AfterFunc(ctx, func() { _ = c.guard.abort() }) // whoever waits gets an error
	defer stop()
	return c.explain(ctx, command())
}

// signIn signs in: with the token if there is one, else with the password, by AUTHENTICATE PLAIN (RFC 4616), which takes any character, else by LOGIN.
func (c *Client) signIn() error {
	if c.library.State() == goimap.ConnStateAuthenticated {
		return nil // the server knows the person by the connection (PREAUTH)
	}
	caps := c.library.Caps()
	var err error
	switch {
	case !c.account.Token.Empty():
		err = c.signInWithToken(caps)
	case caps.Has(goimap.AuthCap(sasl.Plain)):
		err = c.library.Authenticate(sasl.NewPlainClient("", c.account.User, c.account.Password.Reveal()))
	case caps.Has(goimap.CapLoginDisabled):
		return c.account.refused(violation("LOGINDISABLED"), "LOGINDISABLED")
	default:
		err = c.library.Login(c.account.User, c.account.Password.Reveal()).Wait()
	}
	var answer *goimap.Error
	if !errors.As(err, &answer) {
		return err
	}
	return c.signInProblem(answer)
}

// signInProblem tells a wrong password from a server that is busy, or that wants something else.
func (c *Client) signInProblem(answer *goimap.Error) error {
	switch answer.Code {
	case goimap.ResponseCodeUnavailable, goimap.ResponseCodeServerBug, goimap.ResponseCodeInUse,
		goimap.ResponseCodeLimit, goimap.ResponseCodeContactAdmin:
		return c.account.answerProblem(answer)
	}
	if answer.Type == goimap.StatusResponseTypeBye {
		return c.account.answerProblem(answer)
	}
	if !c.account.Token.Empty() {
		return c.tokenProblem(answer)
	}
	if means := provider.WhatRefusalMeans(c.account.Host, answer.Text); means != problem.SignInRefused {
		return c.account.meant(answer, means)
	}
	return problem.Wrap(answer, problem.SignInRefused,
		problem.Values{"host": c.account.Host, "user": c.account.User})
}

// examine opens a mailbox read-only (RFC 9051, section 6.3.3). A name that is not ASCII travels as the server likes it:
// modified UTF-7 or UTF-8.
func (c *Client) examine(mailbox string) (*goimap.SelectData, error) {
	c.guard.callItRaw(mailbox)
	data, err := c.library.Select(mailbox, &goimap.SelectOptions{ReadOnly: true}).Wait()
	var answer *goimap.Error
	if errors.As(err, &answer) && answer.Type == goimap.StatusResponseTypeNo && strings.ContainsAny(mailbox, "&\uFFFD") {
		// Its name may be one that had to be mended when another session listed it.
		c.guard.begin()
		if err := c.library.List("", "*", nil).Close(); err != nil {
			return nil, err
		}
		if c.guard.callItRaw(mailbox) {
			c.guard.begin()
			data, err = c.library.Select(mailbox, &goimap.SelectOptions{ReadOnly: true}).Wait()
			if err == nil {
				return data, nil
			}
		}
	}
	if errors.As(err, &answer) && answer.Type == goimap.StatusResponseTypeNo {
		switch answer.Code {
		case goimap.ResponseCodeUnavailable, goimap.ResponseCodeServerBug, goimap.ResponseCodeInUse,
			goimap.ResponseCodeLimit, goimap.ResponseCodeNoPerm:
			return nil, c.account.answerProblem(answer)
		}
		return nil, problem.Wrap(answer, problem.MailboxNotFound, problem.Values{"mailbox": mailbox})
	}
	return data, err
}
