// Constancia keeps what happens in a dispute with a company in a record that can prove itself, and tells it in a dossier.
//
// Without a word on the command line it opens its window; with one it is a command line.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"constancia/internal/cli"
)

func main() {
	keepPrivate()
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // the second Ctrl+C ends the program at once
	return cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, cli.System(window))
}
