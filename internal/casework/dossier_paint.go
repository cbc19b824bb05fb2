package casework

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"constancia/internal/casefile"
	"constancia/internal/problem"
	"constancia/internal/raster"
)

func isPicture(evidence casefile.Evidence) bool {
	return strings.HasPrefix(evidence.MediaType, "image/")
}

// painted is what is painted over once a change is made.
func painted(file casefile.CaseFile, before map[string][]raster.Area, n ChangePress) (map[string][]raster.Area, error) {
	after := map[string][]raster.Area{}
	for label, areas := range before {
		if !slices.Contains(n.Unpaint, label) {
			after[label] = slices.Clone(areas)
		}
	}
	for _, one := range n.Paint {
		if err := requirePicture(file, one.Exhibit); err != nil {
			return nil, err
		}
		for _, area := range one.Areas {
			if !area.Allowed() {
				return nil, problem.New(problem.NotAnArea, problem.Values{"value": one.Exhibit})
			}
			if !slices.Contains(after[one.Exhibit], area) {
				after[one.Exhibit] = append(after[one.Exhibit], area)
			}
		}
	}
	return after, nil
}

// requirePicture fails unless the press edition would show an exhibit as a picture.
func requirePicture(file casefile.CaseFile, label string) error {
	for _, exhibit := range file.Exhibits {
		if exhibit.Value.Label != label {
			continue
		}
		for _, evidence := range file.Evidence {
			if evidence.Value.ID == exhibit.Value.EvidenceID && isPicture(evidence.Value) {
				return nil
			}
		}
		return problem.New(problem.NotAPicture, problem.Values{"value": label})
	}
	return problem.New(problem.NotFound, problem.Values{"kind": "exhibit", "value": label})
}

// maxPainted bounds a picture that is painted over, in bytes; a dossier shows none that is larger.
const maxPainted = 64 << 20

// paintedPicture is a picture made anew. One that can't be painted over is not opened at all.
func paintedPicture(open func(string) (io.ReadCloser, error), sha256 string, areas []raster.Area) (io.ReadCloser, error) {
	content, err := open(sha256)
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(content, maxPainted+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxPainted {
		return nil, raster.ErrTooLarge
	}
	made, err := raster.Painted(data, areas)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(made)), nil
}
