import { expect, test } from 'vitest'
import { boundsText, coverageText, showsBounds } from './coverage-text'

test.each([
  [null, '–', 'nothing went between nodes'],
  [{ least: 0.83, most: 0.864 }, '83–86\u00a0%', 'at least 83\u00a0%, at most 86\u00a0%'],
  [{ least: 0.8321, most: 0.8342 }, '83.2–83.4\u00a0%', 'at least 83.2\u00a0%, at most 83.4\u00a0%'],
  [{ least: 0.934, most: 0.934 }, '93.4\u00a0%', 'all of it has evidence'],
  [{ least: 0.934, most: 0.9341 }, '93.4\u00a0%', 'less than 0.1\u00a0% has no evidence'],
  [{ least: 0.9478, most: 0.9484 }, '94.8\u00a0%', 'about 0.1\u00a0% has no evidence'],
  [{ least: 1, most: 1 }, '100\u00a0%', 'all of it has evidence'],
  [{ least: 0.9999, most: 0.9999 }, '99.9\u00a0%', 'all of it has evidence'],
  [{ least: 0.98, most: 1 }, '98–100\u00a0%', 'at least 98\u00a0%, at most 100\u00a0%'],
  [{ least: 0.98, most: 0.9999 }, '98–99\u00a0%', 'at least 98\u00a0%, at most 99\u00a0%'],
  [{ least: 0, most: 1 }, '0–100\u00a0%', 'at least 0\u00a0%, at most 100\u00a0%'],
  [{ least: 0.001, most: 0.2 }, '1–20\u00a0%', 'at least 1\u00a0%, at most 20\u00a0%'],
])('%j is %s', (coverage, text, bounds) => {
  expect(coverageText(coverage)).toBe(text)
  expect(boundsText(coverage)).toBe(bounds)
  expect(showsBounds(coverage)).toBe(bounds.startsWith('at least'))
})
