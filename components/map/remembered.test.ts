import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tagOf } from './scene/look'
import type { Point } from './camera/camera'
import { keepPlaces, readPositions, writePositions } from './remembered'

const [web, db] = ['c/shop/Deployment/web', 'c/data/StatefulSet/db']
const ids = [web, db]
let store: Map<string, string>

const open = (search: string) => vi.stubGlobal('location', { search })
const places = (entries: readonly (readonly [string, Point])[]) => new Map(entries)

beforeEach(() => {
  store = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
  })
  open('?last=5m')
})
afterEach(() => vi.unstubAllGlobals())

it('remembers in the browser, whole pixels, places and pins apart', () => {
  writePositions('*.workload', places([[web, [1.4, 2]]]))
  writePositions('*.workload', places([[db, [3, 4]]]), 'pin')
  expect(readPositions('*.workload', ids)).toEqual(places([[web, [1, 2]]]))
  expect(readPositions('*.workload', ids, 'pin')).toEqual(places([[db, [3, 4]]]))
  expect(readPositions('*.service', ids)).toEqual(new Map())
})

it('shows the pins and places that an address brings, and leaves its own as they were', () => {
  writePositions('*.workload', places([[web, [1, 2]]]))
  const own = new Map(store)
  open(`?pins=${tagOf(web)}_50_60&places=${tagOf(web)}_50_60.${tagOf(db)}_70_80`)
  expect(readPositions('*.workload', ids)).toEqual(
    places([
      [web, [50, 60]],
      [db, [70, 80]],
    ]),
  )
  expect(readPositions('*.workload', ids, 'pin')).toEqual(places([[web, [50, 60]]]))
  expect(readPositions('*.workload', [db], 'pin')).toEqual(new Map())

  writePositions('*.workload', places([[db, [5, 6]]]), 'pin')
  expect(readPositions('*.workload', ids, 'pin')).toEqual(places([[db, [5, 6]]]))
  expect(store).toEqual(own)
})

it('takes them for the view of the address alone', () => {
  open(`?pins=${tagOf(web)}_51_60`)
  expect(readPositions('*.workload', ids)).toEqual(places([[web, [51, 60]]]))
  expect(readPositions('*.workload.team', ids)).toEqual(new Map())
  writePositions('*.workload.team', places([[web, [9, 9]]]))
  expect(readPositions('*.workload.team', ids)).toEqual(places([[web, [9, 9]]]))
  expect(readPositions('*.workload', ids)).toEqual(places([[web, [51, 60]]]))
})

it('ignores pins that cannot be read', () => {
  writePositions('*.workload', places([[web, [1, 2]]]))
  open('?pins=nonsense')
  expect(readPositions('*.workload', ids)).toEqual(places([[web, [1, 2]]]))
})

it('lies as a frozen map lay, and remembers nothing of it', () => {
  keepPlaces('token', { [web]: [7, 8] })
  open('?frozen=token')
  expect(readPositions('*.workload', ids)).toEqual(places([[web, [7, 8]]]))
  writePositions('*.workload', places([[web, [9, 9]]]))
  expect(store.size).toBe(0)
  open('?frozen=another')
  expect(readPositions('*.workload', ids)).toEqual(new Map())
})
