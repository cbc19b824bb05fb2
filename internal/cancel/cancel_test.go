package cancel_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"constancia/internal/cancel"
)

func TestAllIsCopiedWhileSomebodyWaits(t *testing.T) {
	var got bytes.Buffer
	n, err := cancel.Copy(t.Context(), &got, strings.NewReader("all of it"))
	if err != nil || n != 9 || got.String() != "all of it" {
		t.Errorf("it copied %d, %q, %v", n, got.String(), err)
	}
}

// pieces is text without end, in pieces of one byte, during the third of which everybody leaves.
type pieces struct {
	left  int
	leave func()
}

func (p *pieces) Read(to []byte) (int, error) {
	if p.left++; p.left == 3 {
		p.leave()
	}
	return copy(to, "x"), nil
}

func TestCopyingEndsWhenNobodyWaitsAnyMore(t *testing.T) {
	ctx, leave := context.WithCancel(t.Context())
	var got bytes.Buffer
	n, err := cancel.Copy(ctx, &got, &pieces{leave: leave})
	if !errors.Is(err, context.Canceled) || n != 3 || got.String() != "xxx" {
		t.Errorf("it copied %d, %q, %v", n, got.String(), err)
	}
}
