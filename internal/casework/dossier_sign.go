package casework

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"

	"constancia/internal/dossier/seal"
	"constancia/internal/problem"
	timeseal "constancia/internal/seal"
	"constancia/internal/secret"
)

// SignDossier says which dossier's file to sign, and with whose certificate.
type SignDossier struct {
	Path string
	// Certificate is a file (PKCS#12) with the person's certificate and key. It is only read.
	Certificate string
	Passphrase  secret.Text
}

// maxCertificate is larger than any file with a person's certificate, in bytes.
const maxCertificate = 1 << 20

// SignDossier signs a dossier's file, which holds, with the person's own certificate, and puts the file's new hash on
// record when the old one is. When a service was chosen, it stamps the signature, and the file last.
//
// Problems: certificate_refused, file_not_found, file_unreadable, file_unwritable, disk_full, not_a_dossier,
// dossier_does_not_hold, cancelled.
func (c *Casework) SignDossier(ctx context.Context, n SignDossier, progress func(Progress)) (Exported, error) {
	signer, err := openSigner(n)
	if err != nil {
		return Exported{}, err
	}
	return c.sealAgain(ctx, n.Path, progress, func(file *os.File, size int64, exported *Exported) error {
		revision, err := c.signature(ctx, file, size, signer, exported)
		if errors.Is(err, seal.ErrCertificate) {
			return problem.Wrap(err, problem.CertificateRefused, problem.Values{"path": n.Certificate})
		}
		if err != nil {
			return err
		}
		if _, err := file.Write(revision); err != nil {
			return err
		}
		exported.SignedBy = timeseal.NameOf(signer.Certificates[0])
		if exported.Unstamped == nil { // a service that has just failed is not asked again
			err = c.stampFile(ctx, file, exportPatience, exported)
		}
		return err
	})
}

// signature signs, with a time stamp when a service was chosen and answers.
func (c *Casework) signature(ctx context.Context, file *os.File, size int64, signer seal.Signer, exported *Exported) ([]byte, error) {
	service, err := c.SealService(ctx)
	if err != nil {
		return nil, err
	}
	if service != "" {
		asking, stop := context.WithTimeout(ctx, exportPatience)
		defer stop()
		revision, err := seal.Sign(ctx, file, size, signer, c.Now(), c.random, func(hash [sha256.Size]byte) ([]byte, error) {
			answer, err := timeseal.RequestForHash(asking, nil, service, hash, c.random)
			return answer.Token, err
		})
		if exported.Unstamped = ofTheService(err); exported.Unstamped == nil {
			return revision, err
		}
	}
	return seal.Sign(ctx, file, size, signer, c.Now(), c.random, nil)
}

func openSigner(n SignDossier) (signer seal.Signer, err error) {
	file, err := openFile(n.Certificate)
	if err != nil {
		return signer, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxCertificate))
	if err != nil {
		return signer, problem.Wrap(err, problem.FileUnreadable, problem.Values{"path": n.Certificate})
	}
	if signer, err = seal.OpenSigner(data, n.Passphrase.Reveal()); err != nil {
		return signer, problem.Wrap(err, problem.CertificateRefused, problem.Values{"path": n.Certificate})
	}
	return signer, nil
}
