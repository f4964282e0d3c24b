import { compileGlob, foldCase } from './filter-value'

/** Does the name of an operation match `op:`? All of it, or what follows its first word: `/users/*` matches `GET /users/{id}`. */
export function operationTest(value: string): (operation: string) => boolean {
  const is = compileGlob(value)
  return (operation) => {
    const blank = operation.indexOf(' ')
    return is(operation) || (blank > 0 && is(operation.slice(blank + 1)))
  }
}

/**
 * What the line of a single record must look like for it to be of such an operation, as patterns in
 * which `*` stands for any characters: its path is no template and may have a query behind it.
 */
export function linePatterns(value: string): readonly string[] {
  const pattern = foldCase(value).replaceAll(/\{[^{}]*\}/g, '*')
  return [pattern, `* ${pattern}`, `${pattern}?*`, `* ${pattern}?*`]
}

/** Does the line of a record match one of the patterns, as the database compares them? */
export function lineTest(patterns: readonly string[]): (line: string) => boolean {
  const tests = patterns.map((pattern) => compileGlob(pattern, foldCase))
  return (line) => tests.some((is) => is(line))
}
