using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Laurel.Grains.Tests.Support;

/// <summary>A number for the same parts in every run; <see cref="string.GetHashCode()"/> differs from process to process.</summary>
internal static class StableHash
{
    public static int Of(params ReadOnlySpan<object> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"{part}\0");
        return BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
