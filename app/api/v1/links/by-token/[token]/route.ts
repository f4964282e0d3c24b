import { route } from '@/server/http'
import { linkView } from '@/server/views/link'

export const GET = route(linkView)
