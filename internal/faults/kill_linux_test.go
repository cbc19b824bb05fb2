package faults_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestNothingIsLostWhenTheProgramIsKilledAtAnyTime(t *testing.T) {
	disturb(t, fault{name: "kill, any time", runs: pick(6, 400), strike: killAtAnyTime})
}

func killAtAnyTime(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	done := &trial{prepared: p, stage: p.copied(t, folder)}
	after := time.Duration(random.Int64N(int64(p.took) * 5 / 4))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	command := done.command(ctx, p.words(done.stage))
	done.runWhile(t, command, func() {
		time.Sleep(after)
		_ = command.Process.Kill()
	})
	done.fault, done.struck = fmt.Sprintf("killed after %s", after), done.killed
	// How long a run takes changes with what else the machine does: two of three are to be hit.
	if done.killed {
		p.took += p.took / 20
	} else {
		p.took -= p.took / 10
	}
	return done
}

func TestNothingIsLostWhenTheProgramIsKilledAtASystemCall(t *testing.T) {
	disturb(t, fault{name: "kill, at a call", runs: pick(12, 600), strike: killAtCall})
}

// killAtCall kills the program as it enters a system call, with the call made or not.
func killAtCall(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	call, number := p.drawCall(random, "")
	// The system call fails in the one case, and happens in the other before the program is gone.
	how := "signal=KILL"
	if random.IntN(2) == 0 {
		how = "error=EIO:signal=KILL"
	}
	return p.straced(t, folder, call, fmt.Sprintf("inject=%s:%s:when=%d", call, how, number))
}

// drawCall draws one system call of a run: a name, then which of its calls, so that rare ones come as often as others.

func (p *prepared) drawCall(random *rand.Rand, names string) (name string, number int) {
	choices := p.callNames(strings.Fields(names)...)
	name = choices[random.IntN(len(choices))]
	return name, 1 + random.IntN(p.calls[name])
}

// straced runs the operation under strace with an injection.
func (p *prepared) straced(t *testing.T, folder, call, injection string) *trial {
	done := &trial{prepared: p, stage: p.copied(t, folder)}
	log := folder + "/strace"
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	done.run(t, done.command(ctx, p.words(done.stage),
		"strace", "-f", "-qq", "-e", "signal=none", "-e", "trace="+call, "-e", injection, "-o", log))
	done.fault, done.struck = injection, done.killed || wasInjected(t, log)
	return done
}
