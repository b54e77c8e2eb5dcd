import { defineConfig } from 'vitepress'
import errors from '../errors/sidebar.mts'
import errorsZh from '../zh/errors/sidebar.mts'

export default defineConfig({
  title: 'A site that was there',
  ignoreDeadLinks: false,
  themeConfig: { search: { provider: 'local' } },
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: { ...errors } } },
    zh: { label: '中文', lang: 'zh-CN', themeConfig: { sidebar: { ...errorsZh } } },
  },
})
