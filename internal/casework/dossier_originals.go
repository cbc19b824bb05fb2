package casework

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"constancia/internal/dossier"
	"constancia/internal/dossier/proof"
	"constancia/internal/dossier/seal"
)

// DossierBudget is how large a dossier may get, in bytes, unless the person says otherwise: what most mail servers take.
const DossierBudget = 15_000_000

// The parts of a dossier that are not embedded files, at most: text and fonts, and each picture as it is drawn.
const (
	textBudget    = 1_500_000
	pictureBudget = 1_500_000
)

// originals chooses the files to embed in a dossier, and notes in the model which they are. The smallest come first, so
// that the most have room; what is too large, or damaged, is only named by its hash. The press and the light version get none.
func (c *Casework) originals(ctx context.Context, model *dossier.Dossier, budget int64) ([]seal.File, error) {
	if model.Edition == dossier.Press || model.Light {
		return nil, nil
	}
	room := cmp.Or(budget, DossierBudget) - drawnSize(model)
	files := model.Integrity.Files
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(files[a].Bytes, files[b].Bytes) })
	called := map[string]string{} // by hash
	taken := map[string]bool{strings.ToLower(seal.ListName): true, proof.FileName: true}
	var chosen []seal.File
	for _, i := range order {
		file := &files[i]
		if name, ok := called[file.SHA256]; ok {
			file.Embedded = name
			continue
		}
		if file.Bytes > room {
			continue
		}
		whole, err := c.isWhole(ctx, file.SHA256)
		if err != nil {
			return nil, err
		}
		if !whole {
			continue
		}
		room -= file.Bytes
		file.Embedded = freeName(taken, *file)
		called[file.SHA256] = file.Embedded
		sum := file.SHA256
		chosen = append(chosen, seal.File{
			Name: file.Embedded, Description: file.Name, MediaType: cmp.Or(file.MediaType, "application/octet-stream"),
			Size: file.Bytes, SHA256: sum,
			Open: func() (io.ReadCloser, error) { return c.library.OpenContent(ctx, sum) },
		})
	}
	slices.SortFunc(chosen, func(a, b seal.File) int { return strings.Compare(a.Name, b.Name) })
	return chosen, nil
}

// drawnSize is how many bytes the pages take, at most.
func drawnSize(model *dossier.Dossier) int64 {
	size := int64(textBudget)
	for _, exhibit := range model.Exhibits {
		if strings.HasPrefix(exhibit.MediaType, "image/") {
			size += min(exhibit.Bytes, pictureBudget)
		}
	}
	return size
}

// isWhole reports whether a content is there and undamaged.
func (c *Casework) isWhole(ctx context.Context, sum string) (bool, error) {
	content, err := c.library.OpenContentInParts(ctx, sum)
	if err != nil {
		return false, ctx.Err() // missing or damaged: the dossier says that it is not embedded
	}
	return true, content.Close()
}

// longestName keeps an embedded file's name within what every file system takes.
const longestName = 120

// freeName is what a file is called in the dossier: its number and its name, which no other has.
func freeName(taken map[string]bool, file dossier.File) string {
	name := strings.TrimSpace(string(cmp.Or(file.Tag, file.Email)) + " " + file.Name)
	extension := ""
	if file.MediaType == "message/rfc822" && !strings.HasSuffix(strings.ToLower(name), ".eml") {
		extension = ".eml"
	} else if dot := strings.LastIndexByte(name, '.'); dot > 0 && len(name)-dot <= 6 {
		name, extension = name[:dot], name[dot:]
	}
	stem := []rune(seal.FileName(name))
	stem = stem[:min(len(stem), longestName)]
	for n := 1; ; n++ {
		candidate := strings.TrimSpace(string(stem)) + seal.FileName(extension)
		if n > 1 {
			candidate = fmt.Sprintf("%s (%d)%s", strings.TrimSpace(string(stem)), n, seal.FileName(extension))
		}
		if key := strings.ToLower(candidate); !taken[key] {
			taken[key] = true
			return candidate
		}
	}
}
