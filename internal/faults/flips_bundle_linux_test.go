package faults_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"constancia/internal/casework"
	"constancia/internal/problem"
)

// A bundle has one form: every flipped bit of it is noticed.
func TestEveryFlippedBitOfABundleIsNoticed(t *testing.T) {
	t.Setenv("CONSTANCIA_SECRETS", "files")
	s := stage{folder: newFolder(t, "bundle"), program: builtProgram(t)}
	if err := os.Mkdir(s.out(), 0o700); err != nil {
		t.Fatal(err)
	}
	letter := filepath.Join(s.folder, "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear customer, your parcel is on its way.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	caseID := id(s.must(t, "case", "new", "--title", "A parcel that never came", "--company", "Veloz"))
	s.must(t, "contact", "log", "--case", caseID, "--summary", "It is on the van.", "--person", "Núria")
	s.must(t, "evidence", "add", "--case", caseID, letter)
	s.must(t, "bundle", "export", "--case", caseID, "--out", bundleOf(s))
	whole, err := os.ReadFile(bundleOf(s))
	if err != nil {
		t.Fatal(err)
	}
	const workers = 2
	flips := pick(80, 2_000)
	var work sync.WaitGroup
	for worker := range workers {
		path := filepath.Join(newFolder(t, "bundle"), "flipped.zip")
		work.Go(func() {
			for number := worker; number < flips; number += workers {
				random := rand.New(rand.NewPCG(*seed+uint64(number), 2))
				flipped := slices.Clone(whole)
				at, bit := random.IntN(len(flipped)), random.IntN(8)
				flipped[at] ^= 1 << bit
				if err := verifyBytes(t, path, flipped); err != nil {
					t.Errorf("bit %d of byte %d of %d: %v; once more: -run '^%s$' -seed %d -runs 1", bit, at, len(whole), err, t.Name(), *seed+uint64(number))
				}
			}
		})
	}
	work.Wait()
	if err := verifyBytes(t, filepath.Join(s.out(), "whole.zip"), whole); !errors.Is(err, errUnnoticed) {
		t.Errorf("the whole bundle: %v", err)
	}
}

var errUnnoticed = errors.New("it holds")

// verifyBytes does what constancia bundle verify does. It fails unless something is noticed, and told in plain words.
func verifyBytes(t *testing.T, path string, bundle []byte) error {
	if err := os.WriteFile(path, bundle, 0o600); err != nil {
		return err
	}
	verified, err := casework.VerifyBundle(t.Context(), casework.ReadBundle{Path: path}, nil)
	switch {
	case err != nil && problem.From(err).Code == problem.Unexpected:
		return err
	case err == nil && verified.Holds:
		return errUnnoticed
	}
	return nil
}
