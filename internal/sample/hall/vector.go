package hall

import "math"

// vector is a place, a direction or a colour.
type vector struct{ x, y, z float64 }

func (a vector) plus(b vector) vector   { return vector{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vector) minus(b vector) vector  { return vector{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vector) times(f float64) vector { return vector{a.x * f, a.y * f, a.z * f} }
func (a vector) times3(b vector) vector { return vector{a.x * b.x, a.y * b.y, a.z * b.z} }
func (a vector) dot(b vector) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vector) length() float64        { return math.Sqrt(a.dot(a)) }
func (a vector) unit() vector           { return a.times(1 / a.length()) }
func (a vector) least(b vector) vector  { return vector{min(a.x, b.x), min(a.y, b.y), min(a.z, b.z)} }
func (a vector) most(b vector) vector   { return vector{max(a.x, b.x), max(a.y, b.y), max(a.z, b.z)} }
func (a vector) cross(b vector) vector {
	return vector{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

// ray is a line of sight; direction has length 1, inverse is one over each of its parts.
type ray struct{ from, direction, inverse vector }

func sight(from, direction vector) ray {
	return ray{from, direction, vector{1 / direction.x, 1 / direction.y, 1 / direction.z}}
}

func (r ray) at(distance float64) vector { return r.from.plus(r.direction.times(distance)) }

// enters is the distance at which the ray enters the box from outside, and the axis it does so across (0, 1, 2);
// infinity when it does not (the slab method).
func (r ray) enters(low, high vector) (distance float64, axis int) {
	near, far, axis := r.slabs(low, high)
	if near > far || near < 0 {
		return math.Inf(1), axis
	}
	return near, axis
}

// meets reports whether the ray passes through the box, or starts in it.
func (r ray) meets(low, high vector) bool {
	near, far, _ := r.slabs(low, high)
	return near <= far && far > 0
}

// leaves is the distance at which the ray leaves the box it starts in, and the axis it does so across.
func (r ray) leaves(low, high vector) (distance float64, axis int) {
	distance = math.Inf(1)
	for i, side := range [3][4]float64{
		{low.x, high.x, r.from.x, r.inverse.x}, {low.y, high.y, r.from.y, r.inverse.y}, {low.z, high.z, r.from.z, r.inverse.z},
	} {
		wall := side[0]
		if side[3] > 0 {
			wall = side[1]
		}
		if d := (wall - side[2]) * side[3]; d < distance {
			distance, axis = d, i
		}
	}
	return distance, axis
}

func (r ray) slabs(low, high vector) (near, far float64, axis int) {
	near, far = crossings(low.x-r.from.x, high.x-r.from.x, r.inverse.x)
	from, to := crossings(low.y-r.from.y, high.y-r.from.y, r.inverse.y)
	if from > near {
		near, axis = from, 1
	}
	far = min(far, to)
	from, to = crossings(low.z-r.from.z, high.z-r.from.z, r.inverse.z)
	if from > near {
		near, axis = from, 2
	}
	return near, min(far, to), axis
}

// crossings are the distances at which a ray passes the two sides of a slab, the nearer first.
func crossings(low, high, inverse float64) (float64, float64) {
	if inverse < 0 {
		return high * inverse, low * inverse
	}
	return low * inverse, high * inverse
}

// against is the unit vector along an axis that faces the ray.
func (r ray) against(axis int) vector {
	switch axis {
	case 0:
		return vector{x: -math.Copysign(1, r.direction.x)}
	case 1:
		return vector{y: -math.Copysign(1, r.direction.y)}
	}
	return vector{z: -math.Copysign(1, r.direction.z)}
}
