package library_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"testing"

	"constancia/internal/problem"
)

func TestAContentIsReadFromAnyPlace(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	for name, data := range map[string][]byte{"nothing": {}, "a small one": []byte("a small receipt"), "a large one": largeBytes(1)} {
		t.Run(name, func(t *testing.T) {
			content := putContent(t, l, data)
			for range 2 { // found whole the first time, remembered the second
				body, err := l.OpenContentInParts(t.Context(), content.SHA256)
				if err != nil {
					t.Fatal(err)
				}
				whole, err := io.ReadAll(body)
				if err != nil || !bytes.Equal(whole, data) {
					t.Errorf("%d bytes came back, %v", len(whole), err)
				}
				middle := int64(len(data) / 2)
				if _, err := body.Seek(middle, io.SeekStart); err != nil {
					t.Fatal(err)
				}
				if rest, err := io.ReadAll(body); err != nil || !bytes.Equal(rest, data[middle:]) {
					t.Errorf("from the middle %d bytes came back, %v", len(rest), err)
				}
				if err := body.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestNoPartOfADamagedContentIsGiven(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	l := open(t, directory)
	large := putContent(t, l, largeBytes(1))
	body, err := l.OpenContentInParts(t.Context(), large.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	_ = body.Close()
	// It was found whole; a file that was written since is looked at again.
	overwrite(t, vaultPath(directory, large), func(data []byte) []byte { data[len(data)-1]++; return append(data, 'x') })
	_, err = l.OpenContentInParts(t.Context(), large.SHA256)
	requireProblem(t, err, problem.ContentDamaged)

	small := putContent(t, l, []byte("a small receipt"))
	execute(t, behind(t, directory, "contents.db"), "UPDATE content SET bytes = CAST('a smalL receipt' AS BLOB)")
	_, err = l.OpenContentInParts(t.Context(), small.SHA256)
	requireProblem(t, err, problem.ContentDamaged)

	if err := os.Remove(vaultPath(directory, large)); err != nil {
		t.Fatal(err)
	}
	for _, sum := range []string{large.SHA256, "", "../../etc/passwd"} {
		_, err = l.OpenContentInParts(t.Context(), sum)
		requireProblem(t, err, problem.ContentMissing)
	}
}

func TestLookingALargeContentThroughCanBeCalledOff(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	content := putContent(t, l, largeBytes(1))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.OpenContentInParts(ctx, content.SHA256); !errors.Is(err, context.Canceled) && problem.From(err).Code != problem.Cancelled {
		t.Errorf("got %v", err)
	}
}
