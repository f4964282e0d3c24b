import { route } from '@/server/http'
import { meView } from '@/server/views/me'

export const GET = route(meView)
