import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

type Lock = {
  readonly packages: Readonly<
    Record<string, { version?: string; integrity?: string; resolved?: string; inBundle?: boolean; link?: boolean }>
  >
}

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as Lock
const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'scripts', Record<string, string>>

it('every package is pinned by its hash and comes from a registry', () => {
  const loose = Object.entries(lock.packages).flatMap(([path, { integrity, resolved, inBundle, link }]) => {
    // What is bundled in another is within that one's hash.
    if (path === '' || inBundle) return []
    const hashed = (integrity ?? '').startsWith('sha512-') && link !== true
    return hashed && (resolved === undefined || resolved.startsWith('https://')) ? [] : [path]
  })
  expect(loose).toEqual([])
})

it('what is shipped is named by its very version', () => {
  for (const [name, version] of Object.entries(manifest.dependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/)
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

it('packages run nothing while they are installed, and nothing of ours runs unasked', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  expect(read('.npmrc')).toMatch(/^min-release-age=\d+$/m)
  const unasked = Object.keys(manifest.scripts).filter((name) => /^(pre|post)|^(install|prepare)$/.test(name))
  expect(unasked).toEqual([])
})
