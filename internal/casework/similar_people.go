package casework

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// mostSimilar is how many pairs of similar people are given at most: nobody looks through more.
const mostSimilar = 20

// SimilarPeople gives pairs of people of a case, or of any when caseID is empty, who could be one and the same: they spoke for the same company, and one
// name is a part of the other, or is spelt nearly like it. Only the person knows; nobody is joined by this.
//
// Problem: not_found.
func (c *Casework) SimilarPeople(ctx context.Context, caseID string) ([][2]Somebody, error) {
	people, err := c.Everybody(ctx, PeopleFilter{CaseID: caseID, Names: NameGiven})
	if err != nil {
		return nil, err
	}
	pairs := [][2]Somebody{}
	for _, places := range alikeIn(people) {
		pairs = append(pairs, [2]Somebody{people[places[0]], people[places[1]]})
	}
	return pairs, nil
}

// alikeIn finds pairs of people who could be the same, by their places, in order. Only those are compared who have words
// that begin with the same letters, so that thousands can be gone through.
func alikeIn(people []Somebody) (pairs [][2]int) {
	const letters, crowd = 3, 100 // letters that so many begin with tell nobody apart
	names := make([][][]string, len(people))
	beginning := map[string][]int{}
	var order []string
	for i, one := range people {
		for _, name := range namesOf(one) {
			names[i] = append(names[i], name)
			for _, word := range name {
				key := one.Party.ID + " " + string([]rune(word)[:min(letters, len([]rune(word)))])
				if len(beginning[key]) == 0 {
					order = append(order, key)
				}
				if !slices.Contains(beginning[key], i) {
					beginning[key] = append(beginning[key], i)
				}
			}
		}
	}
	for _, key := range order {
		there := beginning[key]
		if len(there) > crowd {
			continue
		}
		for at, one := range there {
			for _, other := range there[at+1:] {
				pair := [2]int{min(one, other), max(one, other)}
				if !slices.Contains(pairs, pair) && anyAlike(names[one], names[other]) {
					pairs = append(pairs, pair)
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return pairs[:min(len(pairs), mostSimilar)]
}

// namesOf are the words of each name that somebody goes by.
func namesOf(one Somebody) (names [][]string) {
	for _, member := range one.Members {
		words := strings.FieldsFunc(fold(member.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(words) > 0 {
			names = append(names, words)
		}
	}
	return names
}

func anyAlike(some, others [][]string) bool {
	return slices.ContainsFunc(some, func(name []string) bool {
		return slices.ContainsFunc(others, func(other []string) bool { return alike(name, other) })
	})
}

// alike reports whether one name's words are all in the other, or nearly: an initial may stand for a word, and one letter
// may be another. A number is the same or it is not, and what has none is nobody with one.
func alike(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if hasNumber(a) != hasNumber(b) {
		return false
	}
	rest, whole := slices.Clone(b), false
	for _, word := range a {
		at := slices.IndexFunc(rest, func(other string) bool { return nearly(word, other) })
		if at < 0 {
			at = slices.IndexFunc(rest, func(other string) bool { return initialOf(word, other) || initialOf(other, word) })
		} else {
			whole = true
		}
		if at < 0 {
			return false
		}
		rest = slices.Delete(rest, at, at+1)
	}
	return whole
}

func hasNumber(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.ContainsFunc(word, unicode.IsDigit) })
}

func initialOf(letter, word string) bool {
	return len([]rune(letter)) == 1 && strings.HasPrefix(word, letter) && !unicode.IsDigit([]rune(letter)[0])
}

// nearly reports whether two words are the same but for one letter, which is more, less or another. Short words and those
// with digits are the same or they are not.
func nearly(a, b string) bool {
	const longEnough = 5
	one, other := []rune(a), []rune(b)
	if len(one) > len(other) {
		one, other = other, one
	}
	if a == b {
		return true
	}
	if len(other) < longEnough || len(other)-len(one) > 1 || hasNumber([]string{a, b}) {
		return false
	}
	first := 0
	for first < len(one) && one[first] == other[first] {
		first++
	}
	if len(one) == len(other) {
		return slices.Equal(one[first+1:], other[first+1:])
	}
	return slices.Equal(one[first:], other[first+1:])
}
