using System.Net.Sockets;
using System.Text;

namespace Laurel.ApiFrontend.Tests.Phoenix;

/// <summary>Sends what HttpClient would not: it tidies paths up.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request line as it stands, the operator's key or other headers, and a JSON body, and returns the whole answer.</summary>
    public static async Task<string> SendAsync(Uri address, string requestLine, string? body = null, string headers = $"X-API-Key: {PhoenixServer.AdminKey}")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        var content = body is null ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"{requestLine}\r\nHost: {address.Authority}\r\n{headers}\r\nConnection: close\r\n{content}\r\n{body}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
