/** How programs are told of the proxy; each family of tools reads another spelling. */
export function proxyVariables(port: number): Readonly<Record<string, string>> {
  const http = `http://127.0.0.1:${port}`;
  const any = `socks5h://127.0.0.1:${port}`;
  return { HTTP_PROXY: http, http_proxy: http, HTTPS_PROXY: http, https_proxy: http, ALL_PROXY: any, all_proxy: any };
}
