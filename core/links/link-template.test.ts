import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillLink, isTraceLink, linkProblem } from './link-template'

describe('a template of a link', () => {
  it.each([
    ['https://grafana.example/explore?ns={namespace}&from={from}&to={toIso}', null],
    ['http://localhost:16686/trace/{traceId}', null],
    ['javascript:alert({name})', /begins with https/],
    ['//evil.example/{name}', /begins with https/],
    ['https://{name}.example/', /write the host itself/],
    ['https://user@{cluster}/', /write the host itself/],
    ['https://grafana.example/{pod}', /\{pod\} is not known; there are \{cluster\}/],
    ['https://exa mple/{name}', /no address/],
  ])('%s', (template, problem) => {
    if (problem === null) expect(linkProblem(template)).toBeNull()
    else expect(linkProblem(template)).toMatch(problem)
  })

  it('is filled in with values that stay where they are put', () => {
    const values = { cluster: 'eu', namespace: 'shop', kind: 'Deployment', name: 'a/b?c&d', from: 0, to: 60_000 }
    expect(fillLink('https://x.example/{cluster}/{name}?q={namespace}&f={from}&t={toIso}', values)).toBe(
      'https://x.example/eu/a%2Fb%3Fc%26d?q=shop&f=0&t=1970-01-01T00%3A01%3A00.000Z',
    )
    expect(fillLink('https://x.example/?t={traceId}', values)).toBe('https://x.example/?t=')
  })

  it('leads to the host that it names, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const url = new URL(fillLink('https://x.example/p/{name}/end?a={name}#{name}', { name }))
        expect(url.origin).toBe('https://x.example')
      }),
    )
  })

  it('is about a trace where it names one', () => {
    expect(isTraceLink({ title: '', url: 'https://x.example/{traceId}' })).toBe(true)
    expect(isTraceLink({ title: '', url: 'https://x.example/{name}' })).toBe(false)
  })
})
