import { describe, expect, it } from 'vitest'
import { edge, figures, graphOf, node } from './graph-fixture'
import { layout } from './layout/layout'
import { layoutInputOf } from './scene/node-size'
import { mapPicture } from './picture'

const shop = graphOf(
  [node('web'), node('api', { health: 'failing' }), node('db', { dataStore: true })],
  [edge('c/shop/Deployment/web', 'c/shop/Deployment/api'), edge('c/shop/Deployment/api', 'c/shop/Deployment/db')],
)

describe('the still map', () => {
  it('names every node, where a first layout puts it', () => {
    const picture = mapPicture(shop) ?? ''
    const at = layout(layoutInputOf(shop, new Map(), 'namespace', new Map()))
    shop.nodes.forEach(({ name }, i) => {
      const place = `translate(${Math.round(at[2 * i] ?? 0)} ${Math.round(at[2 * i + 1] ?? 0)})`
      expect(picture).toMatch(new RegExp(`<g transform="${place.replaceAll(/[()]/g, '\\$&')}">.*>${name}</text></g>`))
    })
    expect(picture).toContain('>shop</text>')
  })

  it('marks what is failing, and only that', () => {
    expect(mapPicture(shop)?.match(/fill="var\(--bad\)"/g)).toHaveLength(1)
  })

  it('is well formed whatever names say', () => {
    const hostile = graphOf([node('"><script>alert(1)</script>&amp;', { namespace: "<img src=x onerror='1'>" })], [])
    const picture = mapPicture(hostile) ?? ''
    expect(picture).not.toMatch(/<script|<img/)
    expect(picture).toContain('&lt;')
  })

  it('draws the unwell edges of a crowded map before the strong ones', () => {
    const nodes = Array.from({ length: 100 }, (_, i) => node(`w${i}`))
    const edges = nodes.flatMap(({ id }, i) =>
      [1, 2, 3, 4].map((step) =>
        edge(id, nodes[(i + step) % 100]?.id ?? '', { figures: figures({ requestRate: 50 }) }),
      ),
    )
    const failing = {
      ...(edges[399] ?? edge('a', 'b')),
      health: 'failing' as const,
      figures: figures({ requestRate: 0.1 }),
    }
    const picture = mapPicture(graphOf(nodes, [...edges.slice(0, 399), failing])) ?? ''
    expect(picture.match(/<path d="M[^"]*" fill="none" stroke="var\(--bad\)"/g)).toHaveLength(1)
    expect([...picture.matchAll(/ fill="none" /g)].length).toBeLessThan(20)
    const curves = [...picture.matchAll(/<path d="([^"]*)" fill="none"/g)].map(([, d]) => d?.match(/M/g)?.length ?? 0)
    expect(curves.reduce((sum, count) => sum + count, 0)).toBe(100)
  })

  it('is not there for nothing, and for more than the drawn map would draw so', () => {
    expect(mapPicture(graphOf([], []))).toBeNull()
    expect(
      mapPicture(
        graphOf(
          Array.from({ length: 301 }, (_, i) => node(`w${i}`)),
          [],
        ),
      ),
    ).toBeNull()
  })
})
