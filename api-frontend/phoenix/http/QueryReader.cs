using System.Globalization;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads query parameters and collects the mistakes in them. Parameters that nobody asks for are ignored.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly List<Mistake> _mistakes = [];

    /// <summary>What is wrong with the parameters read so far.</summary>
    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>The length of a page: 1 to 1000, 100 when absent.</summary>
    public int Limit() => Whole("limit", 100, 1, 1000);

    /// <summary>How many to pass over, 0 when absent.</summary>
    public int Offset() => Whole("offset", 0, 0, int.MaxValue);

    /// <summary>A whole number, or what it is when absent or wrong.</summary>
    public int Whole(string name, int otherwise, int least, int greatest)
    {
        if (Single(name) is not { } text)
            return otherwise;
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least && number <= greatest)
            return number;
        var range = greatest == int.MaxValue ? $"of at least {least}" : $"from {least} to {greatest}";
        _mistakes.Add(new(name, $"{name} must be a whole number {range}"));
        return otherwise;
    }

    /// <summary>Which board of several that had the id; null for the newest.</summary>
    public int? Incarnation() => Single("incarnation") is null ? null : Whole("incarnation", 1, 1, int.MaxValue);

    /// <summary>An instant in ISO 8601, or a date, which means its beginning in UTC; null when absent.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Single(name) is not { } text)
            return null;
        if (Timestamps.TryParse(text, out var micros) || Timestamps.TryParse($"{text}T00:00Z", out micros))
            return Timestamps.ToDateTimeOffset(micros);
        _mistakes.Add(new(name, $"{name} must be a date or an ISO 8601 timestamp, such as 2025-08-01 or 2025-08-01T12:00:00Z"));
        return null;
    }

    /// <summary>How ties are numbered: <c>ranks=ordinal</c>, which is also the default, or <c>ranks=standard</c>.</summary>
    public RankStyle Ranks()
    {
        switch (Single("ranks"))
        {
            case null or "ordinal":
                return RankStyle.Ordinal;
            case "standard":
                return RankStyle.Standard;
            default:
                _mistakes.Add(new("ranks", "ranks must be one of ordinal, standard"));
                return RankStyle.Ordinal;
        }
    }

    /// <summary>A window's key; null for the present one, which is also what <c>current</c> means.</summary>
    public string? WindowKey()
    {
        var key = Single("window_key");
        if (key is null or "current")
            return null;
        if (!Slug.IsValid(key))
            _mistakes.Add(new("window_key", "window_key must be the key of a window, such as 2025-W47, or current"));
        return key;
    }

    private string? Single(string name)
    {
        var values = query[name];
        if (values.Count > 1)
            _mistakes.Add(new(name, $"{name} must be given once"));
        return values.Count == 0 ? null : values[0];
    }
}
