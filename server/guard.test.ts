import { describe, expect, it } from 'vitest'
import { checkSameOrigin, pagePolicy } from './guard'

const json = 'application/json'
const accepts = (headers: Record<string, string>, url?: string, hasBody = true) => {
  try {
    checkSameOrigin(new Headers(headers), hasBody, url)
    return true
  } catch {
    return false
  }
}

describe('a change', () => {
  const host = 'oriel.example'
  it.each<[what: string, accepted: boolean, headers: Record<string, string>, url?: string]>([
    ['of a page of this console', true, { host, origin: 'https://oriel.example', 'sec-fetch-site': 'same-origin' }],
    ['of a program', true, { host }],
    ['of another port', false, { host, origin: 'https://oriel.example:8443' }],
    ['of another name', false, { host, origin: 'https://oriel.example.evil.example' }],
    ['of a name below it', false, { host, origin: 'https://a.oriel.example' }],
    ['of a page without an origin', false, { host, origin: 'null' }],
    ['of something odd', false, { host, origin: 'oriel.example' }],
    ['of the same site', false, { host, 'sec-fetch-site': 'same-site' }],
    ['of another site', false, { host, 'sec-fetch-site': 'cross-site' }],
    ['of the address bar', false, { host, 'sec-fetch-site': 'none' }],
    ['of the configured address', true, { host, origin: 'https://oriel.example' }, 'https://oriel.example'],
    ['of that by plain HTTP', false, { host, origin: 'http://oriel.example' }, 'https://oriel.example'],
    ['behind a proxy that renames', true, { host: 'oriel:3000', origin: 'https://a.example' }, 'https://a.example'],
    ['by another name of its own', true, { host, origin: 'http://oriel.example' }, 'https://a.example'],
  ])('%s is accepted: %s', (_, accepted, headers, url) => {
    expect(accepts({ 'content-type': json, ...headers }, url)).toBe(accepted)
  })

  it.each([
    [json, true],
    ['application/json; charset=utf-8', true],
    ['APPLICATION/JSON', true],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', false],
    ['multipart/form-data; boundary=application/json', false],
    ['application/jsonp', false],
    ['', false],
  ])('with a body of %j is accepted: %s', (type, accepted) => {
    expect(accepts({ host, 'content-type': type })).toBe(accepted)
    expect(accepts({ host, 'content-type': type }, undefined, false)).toBe(true)
  })
})

it('the policy of a page lets run nothing without its nonce, and evaluates nothing', () => {
  const policy = pagePolicy('abc')
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'nonce-abc'; /)
  expect(policy).not.toMatch(/unsafe-eval|\*|http/)
  expect(policy.match(/[^;]*'unsafe-inline'[^;]*/g)).toEqual([" style-src-attr 'unsafe-inline'"])
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy).toContain(part)
})
