package pdf

import (
	"constancia/internal/dossier"
	"constancia/internal/dossier/seal"
)

// The columns of the list of expenses: date, what for, where it is shown, amount.
const (
	expenseWhat  = 24.0
	expenseShown = 104.0
)

// cost draws what the dispute has cost: its figures, the expenses, and what the company puts at risk.
func (d *document) cost() {
	cost := d.model.Cost
	if cost.Empty() {
		return
	}
	d.startSection("dossier.section.cost", 40)
	for i := 0; i < len(cost.Figures); i += costColumns {
		d.costRow(cost.Figures[i:min(i+costColumns, len(cost.Figures))])
	}
	if len(cost.Expenses) > 0 {
		d.expenses(cost.Expenses)
	}
	if cost.Loyalty != "" {
		d.subheading("dossier.cost.loyalty")
		d.flow(marginLeft, []block{d.block(paragraph, bodyStyle, measure, cost.Loyalty)})
	}
}

const (
	costColumns = 3
	costGap     = 6.0
	costWidth   = (textWidth - costGap*(costColumns-1)) / costColumns
)

var costValue = style{serifBold, 16, 19, ink, 0}

// costRow draws figures side by side, each with its name and how it comes about.
func (d *document) costRow(figures []dossier.CostFigure) {
	labels, notes := make([][]string, len(figures)), make([][]string, len(figures))
	height := 0.0
	for i, figure := range figures {
		labels[i] = d.wrap(cellBold, costWidth, figure.Label)
		notes[i] = d.wrap(noteStyle, costWidth, figure.Note)
		height = max(height, 2+costValue.lineHeight()+linesHeight(cellBold, labels[i])+linesHeight(noteStyle, notes[i])+5)
	}
	d.need(height)
	for i, figure := range figures {
		x := marginLeft + float64(i)*(costWidth+costGap)
		d.horizontal(x, x+costWidth, d.y, 0.5, ink)
		y := d.lines(paragraph, costValue, x, d.y+2, []string{d.fit(costValue, costWidth, figure.Value)})
		y = d.lines(paragraph, cellBold, x, y, labels[i])
		d.lines(paragraph, noteStyle, x, y, notes[i])
	}
	d.y += height
}

func (d *document) expenses(expenses []dossier.Expense) {
	d.need(34) // heading, head and two rows; each row is short and stays whole
	d.subheading("dossier.cost.expenses")
	d.inside(seal.Table, func() {
		d.inside(seal.TableRow, d.expensesHead)
		d.continued = d.expensesHead
		for _, expense := range expenses {
			d.expense(expense)
		}
		d.continued = nil
	})
	d.y += 2
}

func (d *document) expensesHead() {
	s := noteStyle.as(sansBold)
	baseline := d.y + s.firstBaseline()
	d.text(headerCell, s, marginLeft, baseline, d.words.Text("dossier.cost.when"))
	d.text(headerCell, s, marginLeft+expenseWhat, baseline, d.words.Text("dossier.cost.what"))
	d.text(headerCell, s, marginLeft+expenseShown, baseline, d.words.Text("dossier.cost.shown_by"))
	d.textEnd(headerCell, s, textRight, baseline, d.words.Text("dossier.cost.amount"))
	d.y += s.lineHeight() + 1
	d.horizontal(marginLeft, textRight, d.y, 0.35, ink)
}

func (d *document) expense(expense dossier.Expense) {
	what := d.block(cell, cellStyle, expenseShown-expenseWhat-4, expense.What)
	d.keep(min(blocksHeight([]block{what})+3, 200), 200)
	top := d.y + 1.2
	baseline := top + cellStyle.firstBaseline()
	d.structure.begin(seal.TableRow)
	d.inside(seal.TableCell, func() { d.text(cell, metaBold, marginLeft, baseline, expense.Date) })
	d.inside(seal.TableCell, func() {
		d.y = top
		d.flow(marginLeft+expenseWhat, []block{what})
	})
	d.inside(seal.TableCell, func() { d.expenseTags(expense, baseline) })
	d.inside(seal.TableCell, func() { d.textEnd(cell, cellBold, textRight, baseline, expense.Amount) })
	d.structure.end()
	d.y += 1.4
	d.horizontal(marginLeft, textRight, d.y, 0.12, faint)
}

// expenseTags lead to the contact and the receipts.
func (d *document) expenseTags(expense dossier.Expense, baseline float64) {
	x := marginLeft + expenseShown
	tags := expense.Receipts
	if expense.Row != "" {
		tags = append([]dossier.Tag{expense.Row}, tags...)
	}
	for _, tag := range tags {
		wide := d.width(linkStyle, string(tag))
		if x+wide > textRight-26 {
			break
		}
		d.tagLink(cell, linkStyle, x, baseline, tag)
		x += wide + 2.4
	}
}
