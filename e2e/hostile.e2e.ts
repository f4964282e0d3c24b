import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, oriel, read, stateDir, test } from './app'

type Sources = { readonly recordings: readonly { readonly id: number; readonly name: string }[] }
type Rows = { readonly rows: readonly { readonly id: string }[] }
type Map = {
  readonly nodes: readonly (Readonly<Record<'cluster' | 'namespace' | 'kind' | 'name', string>> & {
    readonly id: string
  })[]
  readonly edges: readonly { readonly id: string }[]
}

/** Flows whose every name is an attack of its own; each ends in a word by which it is found (w-script, w-image, …). */
const file = fileURLToPath(new URL('fixtures/hostile.jsonl', import.meta.url))
const name = `hostile ${process.pid} <img src=x onerror=window.owned=1>`
const secrets = /canary-(bearer|cookie|query|user)/

// What a recording has not (policies, an edge that is folded away) is answered with 404.
test.use({ expectedErrors: /status of 404/ })
test.describe.configure({ mode: 'serial' })
test.skip(stateDir === null, 'needs the command line: ORIEL_E2E_STATE names the state folder of the app under test')
let id = 0

test.beforeEach(async ({ request }) => {
  if (id > 0) return
  await oriel('import', 'hubble', file, '--name', name)
  // Answers are shared for a moment: the list may be the one from before the import.
  await expect(async () => {
    const { recordings } = await read<Sources>(request, 'sources')
    id = recordings.find((recording) => recording.name.startsWith(`hostile ${process.pid}`))?.id ?? 0
    expect(id).toBeGreaterThan(0)
  }).toPass()
})
test.afterAll(async () => {
  await oriel('recordings', 'delete', name)
})

/** Nothing of a stranger ran, became an element or a way out, or is unseen; what is shown or read out is text. */
async function expectText(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const elements = [...document.querySelectorAll('*')]
    const attributes = elements.flatMap((element) =>
      [...element.attributes].map(({ name: attribute, value }) => ({ tag: element.localName, attribute, value })),
    )
    return {
      owned: Reflect.get(window, 'owned') ?? null,
      handlers: attributes.filter(({ attribute }) => attribute.startsWith('on')),
      links: attributes.filter(
        ({ attribute, value }) =>
          /^(xlink:)?href$|^src$|^action$/.test(attribute) && /^\s*(javascript|data:text)/i.test(value),
      ),
      strange: elements.filter(({ localName }) => /^(iframe|object|embed|base|frame|meta-x)$/.test(localName)).length,
      images: elements.filter((element) => element.localName === 'img').map((element) => element.outerHTML),
      // Files of the build load each other; everything else bears the nonce, which a page's own scripts alone can read.
      scripts: [...document.scripts].filter(
        (one) => !one.nonce && !new URL(one.src, location.href).pathname.startsWith('/_next/static/'),
      ).length,
      unseen: [
        ...elements.flatMap((element) =>
          element.localName === 'script' || element.localName === 'style'
            ? []
            : [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ nodeValue }) => nodeValue ?? ''),
        ),
        ...attributes
          .filter(({ attribute }) => /^(title|aria-|alt|placeholder|value)/.test(attribute))
          .map(({ value }) => value),
      ].filter((text) => /\p{Cf}|[^\P{Cc}\t\n]/u.test(text)),
      words: document.body.innerText,
    }
  })
  expect(found.owned, what).toBeNull()
  expect(found.handlers, what).toEqual([])
  expect(found.links, what).toEqual([])
  expect(found.strange, what).toBe(0)
  expect(found.images, what).toEqual([])
  expect(found.scripts, what).toBe(0)
  expect(found.unseen, what).toEqual([])
  expect(found.words, what).not.toMatch(secrets)
}

test('names that attack are text on every page, in every view and panel', async ({ page, request }) => {
  test.setTimeout(300_000)
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog: ${dialog.message()}`)
  })
  const at = `recording=${id}`
  const map = await read<Map>(request, `map?${at}`)
  expect(map.nodes.length).toBeGreaterThan(20)
  const nodes = map.nodes.filter(({ name: text }) =>
    /w-(script|image|attribute|address|climbs|disguised|bars)|__proto__/.test(text),
  )
  expect(nodes.length).toBeGreaterThan(5)
  const { rows } = await read<Rows>(request, `flows?${at}&limit=60`)
  const edge = map.edges[0]?.id ?? ''
  const paths = [
    `/?${at}`,
    `/?${at}&view=list`,
    `/?${at}&view=matrix`,
    `/?${at}&level=namespace`,
    `/?${at}&level=app`,
    `/?${at}&sel=${encodeURIComponent(edge)}`,
    ...nodes.map((node) => `/?${at}&sel=${encodeURIComponent(node.id)}`),
    `/?${at}&q=${encodeURIComponent('name:"<script>alert(1)</script>"')}`,
    `/services?${at}`,
    `/flows?${at}`,
    `/flows?${at}&view=denied`,
    ...rows.slice(0, 4).map((row) => `/flows?${at}&flow=${encodeURIComponent(row.id)}`),
    `/encryption?${at}`,
    `/policies?${at}`,
    '/sources',
  ]
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('navigation', { name: 'Oriel' })).toBeVisible()
    await expect(page.locator('.skeleton, [data-map-picture]')).toHaveCount(0)
    await expectText(page, path)
  }
})

test('the page of a service with such a name shows it, and its path leads nowhere else', async ({ page, request }) => {
  const { nodes } = await read<Map>(request, `map?recording=${id}`)
  const own = nodes.filter(({ name: text }) => /w-(script|image|attribute|disguised|climbs)|__proto__/.test(text))
  expect(own.length).toBeGreaterThan(4)
  for (const { cluster, namespace, kind, name: text } of own) {
    const path = `/services/${[cluster, namespace, kind, text].map(encodeURIComponent).join('/')}`
    await page.goto(`${path}?recording=${id}`)
    expect(new URL(page.url()).pathname.split('/')).toHaveLength(6)
    await expect(page.getByRole('main')).toContainText(text.slice(0, 20))
    await expectText(page, path)
  }
})

test('what is taken along holds no formula, and no secret', async ({ request }) => {
  for (const format of ['csv', 'jsonl']) {
    const text = await (await request.get(`/api/v1/flows/export?recording=${id}&format=${format}`)).text()
    expect(text.length).toBeGreaterThan(1_000)
    expect(text).not.toMatch(secrets)
    expect(text).not.toMatch(/\p{Cf}|[^\P{Cc}\r\n]/u)
    if (format === 'csv') expect(text).not.toMatch(/(?:^|,|\r\n)"?\s*[=+\-@]/)
  }
  expect(readFileSync(file, 'utf8')).toMatch(secrets)
})
