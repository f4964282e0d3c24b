import { withUnseenShown } from '@/core/text/text'
import { CopyButton } from '../ui/copy-button'

/** A manifest to read and to copy: keys a little quieter than values, comments quieter still. */
export function YamlView({ text, label }: { text: string; label: string }) {
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <div className="relative">
      <span className="absolute top-1 right-1 z-[1]">
        <CopyButton text={text} label="Copy YAML" />
      </span>
      <section
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard
        tabIndex={0}
        className="max-h-[60vh] overflow-auto rounded-md border border-line bg-canvas py-2 pr-3"
      >
        <pre className="font-mono text-xs leading-[18px]">
          {lines.map((line, at) => (
            <code key={at} className="block">
              <span aria-hidden="true" className="mr-3 inline-block w-9 text-right text-fg-3 select-none">
                {at + 1}
              </span>
              <YamlLine line={withUnseenShown(line)} />
              {'\n'}
            </code>
          ))}
        </pre>
      </section>
    </div>
  )
}

function YamlLine({ line }: { line: string }) {
  if (/^\s*#/.test(line)) return <span className="text-fg-3">{line}</span>
  const [, key, rest] = /^(\s*(?:- )*[\w./-]+:)(.*)$/.exec(line) ?? []
  if (key === undefined) return line
  return (
    <>
      <span className="text-fg-2">{key}</span>
      {rest}
    </>
  )
}
