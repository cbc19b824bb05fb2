// Package cancel copies what may take long, until nobody waits for it any more.
package cancel

import (
	"context"
	"io"
)

// Copy is [io.Copy] that ends with the context, with its error.
func Copy(ctx context.Context, to io.Writer, from io.Reader) (int64, error) {
	return io.Copy(to, &reader{ctx, from})
}

// reader stops reading when the context ends.
type reader struct {
	ctx  context.Context
	from io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
