package faults_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"constancia/internal/faults/powerdisk"
)

func TestNothingIsLostWhenThePowerIsCut(t *testing.T) {
	disturb(t, fault{name: "power cut", runs: pick(8, 100), strike: cutPower})
}

// cutPower cuts it at any step of the operation, or behind the last; half the time late, when something may have been
// acknowledged.
func cutPower(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	if random.IntN(2) == 0 {
		return lying(powerdisk.Lies{})(t, p, folder, random)
	}
	return p.cutPower(t, folder, 1+random.IntN(p.diskSteps(t)+1), powerdisk.Lies{}, random)
}

// lying gives the strike of a power cut late in the operation, on a disk that may lie: what was not acknowledged yet
// can't be lost.
func lying(lies powerdisk.Lies) func(*testing.T, *prepared, string, *rand.Rand) *trial {
	return func(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
		steps := p.diskSteps(t)
		late := min(steps/3, 40) // of a large file nearly all steps are its writes
		return p.cutPower(t, folder, steps+1-random.IntN(late), lies, random)
	}
}

// cutPower runs the operation on a disk whose power goes at a step, and puts what is left of the disk in its place.
func (p *prepared) cutPower(t *testing.T, folder string, cutAt int, lies powerdisk.Lies, random *rand.Rand) *trial {
	done := &trial{prepared: p, stage: p.base}
	done.folder = filepath.Join(folder, "stage")
	disk := p.onDisk(t, done, cutAt, lies)
	if err := os.Remove(done.folder); err != nil {
		t.Fatal(err)
	}
	if err := disk.Survivors(done.folder, random); err != nil {
		t.Fatal(err)
	}
	done.powerless = true
	done.fault, done.struck = fmt.Sprintf("power cut at step %d of %d", cutAt, p.diskSteps(t)), true
	return done
}

// onDisk runs the operation on a disk, to its end or the power's.
func (p *prepared) onDisk(t *testing.T, done *trial, cutAt int, lies powerdisk.Lies) *powerdisk.Disk {
	t.Helper()
	if err := os.Mkdir(done.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	disk, err := powerdisk.Mount(done.folder, p.base.folder, cutAt, lies)
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ENODEV) {
		cannot(t, "mount a FUSE disk", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	command := done.command(ctx, p.words(done.stage))
	done.runWhile(t, command, func() {
		select {
		case <-disk.Gone():
			_ = command.Process.Kill()
		case <-ctx.Done():
		}
	})
	disk.Cut()
	if err := unmount(disk); err != nil {
		t.Fatal(err)
	}
	return disk
}

// unmount takes a disk out as soon as the kernel has let go of what the killed program had open.
func unmount(disk *powerdisk.Disk) error {
	var err error
	for range 100 {
		if err = disk.Unmount(); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// diskSteps is how many steps a disk makes while the operation runs undisturbed.
func (p *prepared) diskSteps(t *testing.T) int {
	t.Helper()
	p.stepsOnce.Do(func() {
		done := &trial{prepared: p, stage: p.base}
		done.folder = filepath.Join(newFolder(t, "steps"), "stage")
		disk := p.onDisk(t, done, 0, powerdisk.Lies{})
		if done.code != 0 {
			t.Fatalf("exit %d on the disk: %s", done.code, done.stderr)
		}
		p.steps = disk.Steps()
	})
	return p.steps
}

// A campaign that can't fail proves nothing: on a disk that lies, or with a program that is careless, things are lost.
func TestTheCampaignFindsWhatIsLost(t *testing.T) {
	controls := []struct {
		name, operation string
		strike          func(*testing.T, *prepared, string, *rand.Rand) *trial
	}{
		{"a disk that does not sync the write-ahead log", "log a contact", lying(powerdisk.Lies{Files: "*-wal"})},
		{"a disk that does not sync folders, and a file", "attach a large file", lying(powerdisk.Lies{Folders: true})},
		{"a disk that does not sync folders, and a library", "make a library", lying(powerdisk.Lies{Folders: true})},
		{"a disk that swallows a write", "log a contact", swallowWrite},
		{"a program that writes in pieces and is killed", "log a contact", killInPieces},
	}
	for _, control := range controls {
		t.Run(control.name, func(t *testing.T) {
			t.Parallel()
			p := preparedNamed(t, control.operation)
			runs, lost := 0, 0
			for ; runs < 60 && (lost == 0 || *full); runs++ {
				done := control.strike(t, p, newFolder(t, "control"), rand.New(rand.NewPCG(*seed+uint64(runs), 0)))
				if losses := done.lossesOfData(); len(losses) > 0 {
					lost++
					t.Logf("%s: %s", done.fault, strings.Join(losses, "; "))
				}
			}
			if lost == 0 {
				t.Errorf("nothing was lost in %d runs: the campaign would not notice it elsewhere", runs)
			}
			results.control(control.name, runs, lost)
		})
	}
}

// swallowWrite lets one page go to nowhere and tells the program that it was written.
func swallowWrite(t *testing.T, p *prepared, folder string, random *rand.Rand) *trial {
	number := 1 + random.IntN(p.calls["pwrite64"])
	return p.straced(t, folder, "pwrite64", fmt.Sprintf("inject=pwrite64:retval=4096:when=%d", number))
}
