using System.Globalization;
using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>Which entries a request asks for: <c>limit</c> (5, at most 50), <c>offset</c>, <c>order</c>, <c>player_id</c>.</summary>
/// <param name="Limit">1 to 50.</param>
/// <param name="Offset">≥ 0.</param>
/// <param name="Ascending">The order asked for; null for the board's own.</param>
/// <param name="PlayerId">The player's id in its canonical form; null when none or none that can be.</param>
internal readonly record struct PageQuery(int Limit, int Offset, bool? Ascending, string? PlayerId)
{
    private const int UsualLimit = 5;
    private const int LargestLimit = 50;

    /// <summary>Reads the query. Empty parameters count as absent, as the published client sends them.</summary>
    /// <param name="mistake">What is wrong, when the result is false.</param>
    public static bool TryRead(IQueryCollection query, out PageQuery page, out string? mistake)
    {
        page = default;
        if (!TryReadWhole(query, "limit", UsualLimit, out var limit, out mistake) || !TryReadWhole(query, "offset", 0, out var offset, out mistake))
            return false;

        bool? ascending = null;
        var order = query["order"].ToString();
        if (order.Length > 0)
        {
            ascending = order.Equals("asc", StringComparison.OrdinalIgnoreCase);
            if (ascending == false && !order.Equals("desc", StringComparison.OrdinalIgnoreCase))
            {
                mistake = "order must be asc or desc";
                return false;
            }
        }

        page = new PageQuery(Math.Clamp(limit, 1, LargestLimit), Math.Max(0, offset), ascending, PlayerIds.Parse(query["player_id"]));
        return true;
    }

    /// <summary>The part of a board that it means.</summary>
    /// <param name="boardAscends">The board's own order.</param>
    public LiveShape ToShape(bool boardAscends) => new(Offset, Limit, FromEnd: Ascending is { } ascending && ascending != boardAscends);

    private static bool TryReadWhole(IQueryCollection query, string name, int usual, out int number, out string? mistake)
    {
        mistake = null;
        number = usual;
        var text = query[name].ToString();
        if (text.Length == 0)
            return true;
        // A whole number of any length is one; those beyond the type are beyond the bounds as well.
        // The names of what is no number end in letters.
        if (char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            number = (int)Math.Clamp(value, int.MinValue, int.MaxValue);
            return true;
        }

        mistake = $"{name} must be an integer";
        return false;
    }
}
