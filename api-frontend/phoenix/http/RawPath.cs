using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// The request's path as the client wrote it. The path that routing sees is decoded but for <c>%2F</c>, so that the ids <c>a/b</c> and
/// <c>a%2Fb</c> look the same there; and its dot segments are gone.
/// </summary>
internal static class RawPath
{
    /// <summary>Twelve characters of the path for one of the id is the most that percent-encoding makes of it.</summary>
    private const int LongestSegment = 12 * GrainInterfaces.UserId.MaxLength;

    /// <summary>
    /// Whether <c>.</c> or <c>..</c> segments were taken out, written plainly or percent-encoded. Such a request means another thing than
    /// what it is routed to: erasing the player <c>..</c> would delete the tenant.
    /// </summary>
    public static bool HasDotSegments(HttpContext context) =>
        Of(context).Count('/') != context.Request.PathBase.Value.AsSpan().Count('/') + context.Request.Path.Value.AsSpan().Count('/');

    /// <summary>Decodes the path's last segment. False when it is no percent-encoded UTF-8 or far longer than any id.</summary>
    public static bool TryGetLastSegment(HttpContext context, [NotNullWhen(true)] out string? text)
    {
        var path = Of(context).TrimEnd('/');
        return TryDecode(path[(path.LastIndexOf('/') + 1)..], out text);
    }

    private static ReadOnlySpan<char> Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = target.IndexOfAny('?', '#');
        if (query >= 0)
            target = target[..query];
        if (target.IsEmpty || target[0] == '/')
            return target;

        // A request to a proxy names scheme and host before the path.
        var host = target.IndexOf("://");
        var path = host < 0 ? -1 : target[(host + 3)..].IndexOf('/');
        return path < 0 ? "/" : target[(host + 3 + path)..];
    }

    private static bool TryDecode(ReadOnlySpan<char> segment, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (segment.Length > LongestSegment)
            return false;

        Span<byte> utf8 = stackalloc byte[LongestSegment];
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] != '%')
            {
                if (!char.IsAscii(segment[i]))
                    return false;
                utf8[length++] = (byte)segment[i];
            }
            else if (i + 2 < segment.Length && TryReadHex(segment.Slice(i + 1, 2), out utf8[length]))
            {
                length++;
                i += 2;
            }
            else
            {
                return false;
            }
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8[..length]))
            return false;
        text = Encoding.UTF8.GetString(utf8[..length]);
        return true;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
