import { expect, test } from 'vitest'
import { boundsText, coverageText, showsBounds } from './coverage-text'

test.each([
  [null, '–', 'nothing went between nodes'],
  [{ least: 0.83, most: 0.864 }, '83–86 %', 'at least 83 %, at most 86 %'],
  [{ least: 0.8321, most: 0.8342 }, '83.2–83.4 %', 'at least 83.2 %, at most 83.4 %'],
  [{ least: 0.934, most: 0.934 }, '93.4 %', 'all of it has evidence'],
  [{ least: 0.934, most: 0.9341 }, '93.4 %', 'less than 0.1 % has no evidence'],
  [{ least: 0.9478, most: 0.9484 }, '94.8 %', 'about 0.1 % has no evidence'],
  [{ least: 1, most: 1 }, '100 %', 'all of it has evidence'],
  [{ least: 0.9999, most: 0.9999 }, '99.9 %', 'all of it has evidence'],
  [{ least: 0.98, most: 1 }, '98–100 %', 'at least 98 %, at most 100 %'],
  [{ least: 0.98, most: 0.9999 }, '98–99 %', 'at least 98 %, at most 99 %'],
  [{ least: 0, most: 1 }, '0–100 %', 'at least 0 %, at most 100 %'],
  [{ least: 0.001, most: 0.2 }, '1–20 %', 'at least 1 %, at most 20 %'],
])('%j is %s', (coverage, text, bounds) => {
  expect(coverageText(coverage)).toBe(text)
  expect(boundsText(coverage)).toBe(bounds)
  expect(showsBounds(coverage)).toBe(bounds.startsWith('at least'))
})
