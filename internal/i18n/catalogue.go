package i18n

import (
	"embed"
	"encoding/json"
	"io/fs"
	"sync"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed locales/*.json
var locales embed.FS

// catalogues are the texts of each language, read when they are first asked for: most runs of the program speak one.
var catalogues = map[Language]func() *Texts{
	English: sync.OnceValue(func() *Texts { return mustLoad(English) }),
	Spanish: sync.OnceValue(func() *Texts { return mustLoad(Spanish) }),
	Catalan: sync.OnceValue(func() *Texts { return mustLoad(Catalan) }),
}

func mustLoad(spoken Language) *Texts {
	texts, err := load(locales, spoken)
	if err != nil {
		panic("i18n: the embedded catalogue can't be read: " + err.Error()) // a test reads it all
	}
	return texts
}

// load merges all areas of one language. The bundle holds that language alone: nothing falls back to another one
// unseen. In a test, a defect of the catalogue must not go unseen either.
func load(files fs.FS, spoken Language) (*Texts, error) {
	tag := language.Make(string(spoken))
	bundle := goi18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	paths, err := fs.Glob(files, "locales/*."+string(spoken)+".json")
	if err != nil {
		return nil, err
	}
	messages := map[string]*goi18n.Message{}
	for _, path := range paths {
		file, err := bundle.LoadMessageFileFS(files, path)
		if err != nil {
			return nil, err
		}
		for _, message := range file.Messages {
			messages[message.ID] = message
		}
	}
	localizer := goi18n.NewLocalizer(bundle, string(spoken))
	return &Texts{language: spoken, localizer: localizer, messages: messages, loud: testing.Testing()}, nil
}
