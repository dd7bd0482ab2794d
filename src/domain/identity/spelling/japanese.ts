/** Common Japanese family names of two, three and four characters. Source: rankings of family names by number of bearers. */
const FAMILIES = new Set(
  `佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 山口 松本 井上 木村 斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 阿部 安部 池田 橋本
  山下 石川 中島 中嶋 前田 藤田 後藤 小川 岡田 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野 田村 竹内 金子
  和田 中山 石田 上田 森田 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 河野 藤本 村田 武田 上野 杉山 増田 平野 大塚 千葉 久保 松井
  小島 岩崎 桜井 櫻井 野口 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 古川 市川 小松 水野 島田 浜田 濱田 山内 高田 吉川 川口 西田 望月 飯田 吉村 平田
  関口 岩田 中田 服部 本田 川崎 飯塚 渡部 成田 西川 伊東 松下 北村 菅原 福島 土屋 安田 永井 早川 川村 秋山 片山 松村 本間 荒井 大島 矢野 熊谷 黒田 広瀬
  廣瀬 浅野 須藤 鎌田 石原 岡崎 川上 西山 小池 大谷 馬場 栗原 白石 富田 山中 松岡 五味 星野 武藤 内藤 田辺 奥村 甲斐 永田 児玉 樋口 沢田 澤田 大橋 石橋
  佐々木 長谷川 五十嵐 小野寺 佐久間 久保田 大久保 小笠原 宇都宮 日下部 長谷部 波多野 東海林 御手洗 小山田 小山内 宇佐美 阿久津 曽我部 竹之内 山之内 木之下
  井之上 堀之内 海老原 海老名 小早川 小田切 小田島 小鳥遊 八木沢 二階堂 三田村 加賀谷 加賀美 和久井 伊集院 伊地知 西園寺 大河内 大和田 大河原 小久保 小松原
  武者小路 勅使河原 勅使川原 長曽我部 長宗我部`.split(/\s+/),
)

/** Given names have one to three characters, or are in kana: 健, 健太郎, さくら. Not 製作所, 工業 and 県庁, which occur in names of organisations. */
const GIVEN =
  /^(?!.*[所県市町社店会館業機院室庁署校駅団省局課党])(?:\p{Script=Han}{1,3}|\p{Script=Hiragana}{2,5}|[\p{Script=Katakana}ー]{2,5})$/u

/** Names that are long enough or have kana. Shorter names in Han characters only can be Chinese: 金子涵 is 子涵 of the family 金. */
const SURELY_JAPANESE = /^.{4,}$|[\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * The number of characters of the family name in a Japanese name printed without a space, 3 for 長谷川健太郎. Null unless the name begins
 * with a common family name of several characters and the rest can be a given name.
 */
export function familyLengthInJapan(name: string): number | null {
  if (!SURELY_JAPANESE.test(name)) return null
  const letters = [...name]
  const fits = (length: number) =>
    FAMILIES.has(letters.slice(0, length).join('')) && GIVEN.test(letters.slice(length).join(''))
  return [4, 3, 2].find(fits) ?? null
}
