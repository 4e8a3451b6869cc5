using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Laurel.ApiFrontend.Pages;

/// <summary>A file of a page, in memory, also compressed when that makes it smaller.</summary>
internal sealed class PageFile
{
    private readonly byte[] _plain;
    private readonly byte[]? _zipped;
    private readonly string _contentType;
    private readonly EntityTagHeaderValue _tag;

    public PageFile(string name, byte[] content)
    {
        (_plain, _contentType) = (content, ContentTypeOf(name));
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
        var zipped = Zip(content);
        _zipped = zipped.Length < content.Length * 9 / 10 ? zipped : null;
    }

    /// <summary>Sends it, or 304 to who has it.</summary>
    public Task SendAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept-Encoding";
        if (_zipped is null || !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return TypedResults.Bytes(_plain, _contentType, entityTag: _tag).ExecuteAsync(context);
        context.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(_zipped, _contentType, entityTag: _tag).ExecuteAsync(context);
    }

    private static byte[] Zip(byte[] content)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return result.ToArray();
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
