import { GoneLink } from '@/components/share/gone-link'

export default function NotFound() {
  return (
    <main>
      <GoneLink />
    </main>
  )
}
