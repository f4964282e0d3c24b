import { expect, it } from 'vitest'
import { veiledSource, veiledSources } from './veiled-source'

it.each(['hubble:10.0.0.7:4245', 'prometheus:http://prometheus.monitoring.svc:9090', 'als:#12345', 'otlp:#1234567'])(
  '%s keeps its type and nothing of where it is',
  (id) => expect(veiledSource(id)).toMatch(new RegExp(`^${id.split(':')[0]}:#[0-9a-f]{6}$`)),
)

it('tells sources apart, the same each time and whatever their order was', () => {
  const ids = ['7', '8', '9'].map((n) => ({ id: `hubble:10.0.0.${n}:4245` }))
  const veiled = veiledSources(ids).map(({ id }) => id)
  expect(new Set(veiled).size).toBe(3)
  expect(veiledSources(ids.toReversed()).map(({ id }) => id)).toEqual(veiled)
})

it.each(['kubernetes:prod:Pod', 'kubernetes:a:b:Node', 'als', 'hubble@east', 'hubble:#0a1b2c', ''])(
  '%s names no place, and stays',
  (id) => expect(veiledSource(id)).toBe(id),
)
