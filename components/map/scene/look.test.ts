import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxOf, lookParams, parsePlaces, parseSight, placesText, sightOf, sightText, tagOf } from './look'

const at = (id: string, x: number, y: number) => ({ id, x, y })
const nodes = [
  at('c/shop/Deployment/web', 0, 0),
  at('c/shop/Deployment/bff', 200, 40),
  at('c/data/StatefulSet/db', 500, 90),
]
const coordinate = fc.integer({ min: -1_000_000, max: 1_000_000 })
const tag = fc.string({ minLength: 1 }).map(tagOf)

describe('what a link says of the drawn map', () => {
  it('is nothing for a whole map without pins', () => {
    expect(lookParams(nodes, new Set(), null)).toEqual({})
  })

  it('is the part that is seen, from the node nearest to its middle', () => {
    const { look, ...rest } = lookParams(nodes, new Set(), { x: 210, y: 50, width: 400.4, height: 300 })
    expect(look).toBe(`${tagOf('c/shop/Deployment/bff')}_10_10_400_300`)
    expect(rest).toEqual({})
  })

  it('is the pins, and with them where the rest lies', () => {
    const { pins, places } = lookParams(nodes, new Set(['c/data/StatefulSet/db', 'gone']), null)
    expect(parsePlaces(pins ?? '')).toEqual(new Map([[tagOf('c/data/StatefulSet/db'), [500, 90]]]))
    expect(parsePlaces(places ?? '')).toEqual(new Map(nodes.map(({ id, x, y }) => [tagOf(id), [x, y]])))
  })

  it('leaves the rest of a large map out, and pins beyond sixty', () => {
    const many = Array.from({ length: 300 }, (_, i) => at(`node ${i}`, i, i))
    const { pins, places } = lookParams(many, new Set(many.map(({ id }) => id)), null)
    expect(parsePlaces(pins ?? '')?.size).toBe(60)
    expect(places).toBeUndefined()
    expect(pins?.length).toBeLessThan(1_200)
  })

  it('finds the same part where the map lies otherwise', () => {
    const sight = sightOf({ x: 190, y: 30, width: 100, height: 80 }, nodes)
    const elsewhere = nodes.map(({ id, x, y }) => at(id, x - 1_000, y + 7))
    expect(sight && boxOf(sight, elsewhere)).toEqual({ x: -810, y: 37, width: 100, height: 80 })
    expect(sight && boxOf(sight, nodes.slice(0, 1))).toBeNull()
    expect(sightOf({ x: 0, y: 0, width: 1, height: 1 }, [])).toBeNull()
  })
})

describe('its text', () => {
  it('is read as it was written', () => {
    const size = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(tag, coordinate, coordinate, size, size, (of, x, y, width, height) => {
        const sight = { tag: of, box: { x, y, width, height } }
        expect(parseSight(sightText(sight))).toEqual(sight)
      }),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(tag, fc.tuple(coordinate, coordinate)), { minLength: 1, maxLength: 60 }),
        (list) => {
          const places = new Map(list)
          expect(parsePlaces(placesText(places))).toEqual(places)
          expect(new URLSearchParams({ pins: placesText(places) }).toString()).toBe(`pins=${placesText(places)}`)
        },
      ),
    )
  })

  it.each([
    '',
    'x',
    'a_1_2_3',
    'a_1_2_0_9',
    'a_1_2_3_4_5',
    'a_1e3_2_3_4',
    'A_1_2_3_4',
    'a_99999999_2_3_4',
    'a_NaN_2_3_4',
  ])('is no part of the map: %j', (text) => expect(parseSight(text)).toBeNull())

  it.each([
    '',
    'a',
    'a_1',
    'a_1_2.',
    'a_1_2_3',
    'a_1_x',
    'ä_1_2',
    Array.from({ length: 201 }, (_, i) => `${i}_1_1`).join('.'),
  ])('is no place: %j', (text) => expect(parsePlaces(text)).toBeNull())
})
