import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { configuredSources } from '@/collectors/sources'
import { guides } from './ways'

const snippets = guides.flatMap(({ name, ways }) =>
  ways.flatMap(({ title, command }) => {
    const at = command.indexOf('sources:')
    return at < 0 ? [] : [[`${name}, ${title}`, command.slice(at)] as const]
  }),
)

test.each(snippets)('the configuration shown for %s is valid', (_, yaml) => {
  const [document] = parseAllDocuments(yaml)
  const { sources } = (document as { toJS(): { sources: { type: string }[] } }).toJS()
  expect(configuredSources(sources).length).toBeGreaterThan(0)
})

test('every kind of source has a way', () => expect(snippets.length).toBeGreaterThan(5))
