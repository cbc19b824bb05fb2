package i18n

import "strings"

// List joins items as a sentence does: a, b y c. Spanish says "e" before the sound of i: ayuda e indemnización.
func (t *Texts) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := items[len(items)-1]
	return strings.Join(items[:len(items)-1], ", ") + " " + t.and(last) + " " + last
}

func (t *Texts) and(next string) string {
	if t.language == Spanish && soundsLikeI(next) {
		return t.Text("list.and_before_i")
	}
	return t.Text("list.and")
}

// soundsLikeI reports whether a Spanish word begins with the vowel i. Before hia and hie it is a consonant: hielo.
func soundsLikeI(word string) bool {
	word = strings.ToLower(word)
	if strings.HasPrefix(word, "hia") || strings.HasPrefix(word, "hie") {
		return false
	}
	word = strings.TrimPrefix(word, "h")
	return strings.HasPrefix(word, "i") || strings.HasPrefix(word, "í")
}
