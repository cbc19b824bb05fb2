package backup

import (
	"context"
	"errors"
	"slices"

	"constancia/internal/cancel"
	"constancia/internal/problem"
	"constancia/internal/record"
)

// files writes the contents that are not there yet.
func (m *making) files(ctx context.Context) error {
	sums, err := m.source.Contents(ctx)
	if err != nil {
		return err
	}
	earlier := map[string]fileObject{}
	for _, snapshot := range m.earlier {
		for _, file := range snapshot.files {
			earlier[file.SHA256] = file
		}
	}
	slices.Sort(sums)
	for i, sum := range sums {
		m.tell(WritingFiles, int64(i), int64(len(sums)))
		file, known := earlier[sum]
		if !known || m.options.Thorough || !m.folder.stands(m.folder.objectOf(m.options.Device, file)) {
			file, err = m.file(ctx, sum)
		}
		switch {
		case errors.Is(err, problem.New(problem.ContentMissing, nil)), errors.Is(err, problem.New(problem.ContentDamaged, nil)):
			m.next.LeftOut = append(m.next.LeftOut, sum)
			m.report.Problems = append(m.report.Problems, record.Finding{What: FileLeftOut, Where: sum})
		case err != nil:
			return err
		default:
			m.next.files = append(m.next.files, file)
		}
	}
	m.tell(WritingFiles, int64(len(sums)), int64(len(sums)))
	return nil
}

// file takes what a backup that was cut off has written already, or writes the content.
func (m *making) file(ctx context.Context, sum string) (fileObject, error) {
	if found, err := m.adopt(ctx, sum); err != nil || found.Stored > 0 {
		return found, err
	}
	return m.writeFile(ctx, sum)
}

// adopt reads the object that has a content's name, and gives an empty fileObject unless that very content is in it.
func (m *making) adopt(ctx context.Context, sum string) (fileObject, error) {
	name := m.folder.fileName(m.options.Device, sum)
	info, err := m.folder.root.Lstat(name)
	if err != nil || info.Size() == 0 {
		return fileObject{}, nil //nolint:nilerr // whatever is in its place is written anew, and that fails if it must
	}
	found, err := m.folder.measure(ctx, object{Name: name, Size: info.Size()})
	switch {
	case errors.Is(err, errDamaged), errors.Is(err, errMissing):
		return fileObject{}, nil
	case err != nil:
		return fileObject{}, err
	case found.sum() != sum:
		return fileObject{}, nil
	}
	return fileObject{SHA256: sum, Size: found.size, Stored: info.Size()}, nil
}

func (m *making) writeFile(ctx context.Context, sum string) (fileObject, error) {
	content, err := m.source.OpenContent(ctx, sum)
	if err != nil {
		return fileObject{}, err
	}
	defer func() { _ = content.Close() }()
	w, err := m.folder.create(m.folder.fileName(m.options.Device, sum))
	if err != nil {
		return fileObject{}, err
	}
	defer w.abandon()
	if _, err := cancel.Copy(ctx, w, content); err != nil {
		return fileObject{}, err
	}
	if w.inside.sum() != sum {
		return fileObject{}, problem.New(problem.ContentDamaged, problem.Values{"sha256": sum})
	}
	written, err := w.finish(ctx)
	m.report.Written += written.Size
	return fileObject{SHA256: sum, Size: w.inside.size, Stored: written.Size}, err
}
