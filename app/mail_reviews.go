package app

import (
	"sync"

	"constancia/internal/casework"
)

// mostReviews is how many searches are kept at once: the page looks at one, and may have come from another.
const mostReviews = 3

// mailReviews are the searches for emails that the page knows by their ids, and what came of imports.
type mailReviews struct {
	mu      sync.Mutex
	order   []string // ids, the oldest first
	reviews map[string]*casework.MailReview
	results map[string]casework.ImportResult // by the job's id
}

// keep remembers a review, and lets go of the oldest.
func (m *mailReviews) keep(id string, review *casework.MailReview) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.reviews == nil {
		m.reviews = map[string]*casework.MailReview{}
	}
	m.reviews[id] = review
	m.order = append(m.order, id)
	for len(m.order) > mostReviews {
		go m.reviews[m.order[0]].Close() // it may wait for what is asked there
		delete(m.reviews, m.order[0])
		m.order = m.order[1:]
	}
}

func (m *mailReviews) find(id string) (*casework.MailReview, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	review, ok := m.reviews[id]
	if !ok {
		return nil, notFound("search", id)
	}
	return review, nil
}

func (m *mailReviews) finish(jobID string, result casework.ImportResult) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.results == nil {
		m.results = map[string]casework.ImportResult{}
	}
	m.results[jobID] = result
}

func (m *mailReviews) result(jobID string) (casework.ImportResult, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	result, ok := m.results[jobID]
	if !ok {
		return result, notFound("search", jobID)
	}
	return result, nil
}

// end closes the sessions with servers.
func (m *mailReviews) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, review := range m.reviews {
		review.Close()
	}
	m.reviews, m.order = nil, nil
}
