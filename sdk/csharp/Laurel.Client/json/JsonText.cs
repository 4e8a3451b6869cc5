using System.Globalization;
using System.Text;

namespace Laurel.Client;

/// <summary>Writes texts as JSON.</summary>
internal static class JsonText
{
    /// <summary>Appends the text in quotes. Half a surrogate pair, which no UTF-8 can carry, becomes U+FFFD.</summary>
    public static void Write(StringBuilder json, string text)
    {
        json.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is '"' or '\\')
                json.Append('\\').Append(character);
            else if (character < ' ')
                json.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else if (!char.IsSurrogate(character))
                json.Append(character);
            else if (i + 1 < text.Length && char.IsSurrogatePair(character, text[i + 1]))
                json.Append(character).Append(text[++i]);
            else
                json.Append('\uFFFD');
        }

        json.Append('"');
    }
}
