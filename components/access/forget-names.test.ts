import { beforeEach, expect, it, vi } from 'vitest'
import { forgetNames, forgetOthers } from './forget-names'

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    get length() {
      return kept.size
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})

const seen = () => {
  kept.set('oriel.map.place.prod workload', '{"prod/data/Deployment/reports":[1,2]}')
  kept.set('oriel.map.pin.prod workload', '{}')
  kept.set('oriel-recent', '[]')
  kept.set('oriel.policy-draft.4', 'text that is not saved')
  kept.set('oriel-zone', 'utc')
}

it('forgets names, not settings and unsaved texts', () => {
  seen()
  forgetNames()
  expect([...kept.keys()]).toEqual(['oriel.policy-draft.4', 'oriel-zone'])
})

it('keeps them for one person and forgets them for the next', () => {
  forgetOthers('Alice')
  seen()
  forgetOthers('Alice')
  expect(kept.has('oriel-recent')).toBe(true)
  forgetOthers('Bob')
  expect(kept.has('oriel-recent')).toBe(false)
})
