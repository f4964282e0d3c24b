import fc from 'fast-check'
import { expect, it } from 'vitest'
import { escapeXml } from './escape-xml'

it('leaves no character that ends a text or an attribute, and can be read back', () => {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeXml(text)
      expect(escaped).not.toMatch(/[<>"']/)
      expect(escaped.replaceAll(/&(\w+|#39);/g, (_, name: string) => names[name] ?? '')).toBe(text)
    }),
  )
})
