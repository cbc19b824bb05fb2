package faults_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"constancia/internal/cli"
)

func TestNothingIsLostWhenTheClockIsTurned(t *testing.T) {
	disturb(t, fault{name: "clock jump", runs: pick(3, 20), strike: turnClock})
}

// Variables for [runByAnotherClock]: how far off the clock is at first, how often it is asked before it is turned, and
// how far off it is then. Seconds.
const (
	clockVariable = "CONSTANCIA_TEST_CLOCK"
	turnVariable  = "CONSTANCIA_TEST_CLOCK_TURNS"
	afterVariable = "CONSTANCIA_TEST_CLOCK_AFTER"
)

// turnClock runs the operation by a clock that is years off, and is turned while it runs.
func turnClock(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	const year = 365 * 24 * 3600
	off := []int{-year, year, -3600, -40 * year, 30 * year, 0}
	first, after, turns := off[random.IntN(len(off))], off[random.IntN(len(off)-1)], random.IntN(4)
	done := &trial{prepared: p, stage: p.copied(t, folder)}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done.program = thisProgram(t)
	command := done.command(ctx, p.words(done.stage))
	command.Env = append(command.Env, actVariable+"=run by another clock", fmt.Sprintf("%s=%d", clockVariable, first),
		fmt.Sprintf("%s=%d", turnVariable, turns), fmt.Sprintf("%s=%d", afterVariable, after))
	done.run(t, command)
	done.program = p.base.program
	done.fault, done.struck = fmt.Sprintf("clock off by %d s, and by %d s after %d looks", first, after, turns), true
	return done
}

// thisProgram is the path of the tests' own program, wherever its child stands.
func thisProgram(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runByAnotherClock is the whole command line with a clock of its own: the computer's can't be turned for one process.
func runByAnotherClock() error {
	syscall.Umask(0o077)
	var numbers [3]int64
	for i, name := range []string{clockVariable, turnVariable, afterVariable} {
		var err error
		if numbers[i], err = strconv.ParseInt(os.Getenv(name), 10, 64); err != nil {
			return err
		}
	}
	var looks atomic.Int64
	clock := func() time.Time {
		off := numbers[0]
		if looks.Add(1) > numbers[1] {
			off = numbers[2]
		}
		return time.Now().Add(time.Duration(off) * time.Second)
	}
	code := cli.Run(context.Background(), os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr},
		cli.Environment{Variable: os.Getenv, Clock: clock, Window: func(string) error { return errors.New("no window here") }})
	os.Exit(code)
	return nil
}
