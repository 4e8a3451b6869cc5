using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What a client sends: <c>configure</c> what it follows, or <c>request_page</c> once.</summary>
/// <param name="IsConfigure">Whether what it names is followed from now on.</param>
/// <param name="Page">1-based.</param>
/// <param name="PageSize">1 to 1000.</param>
/// <param name="Top">Only so many places count; null for all.</param>
/// <param name="WindowKey">A window; null for the present one.</param>
internal sealed record SocketCommand(bool IsConfigure, int Page, int PageSize, int? Top, string? WindowKey)
{
    public const int UsualPageSize = 100;
    public const int LargestPageSize = 1000;
    public const int LastPage = 1_000_000;

    /// <summary>What is followed until the client configures something else.</summary>
    public static readonly SocketCommand First = new(true, 1, UsualPageSize, null, null);

    /// <summary>The part of the board that it means.</summary>
    public LiveShape Shape
    {
        get
        {
            var offset = (Page - 1) * PageSize;
            return new LiveShape(offset, Top is { } top ? Math.Clamp(top - offset, 0, PageSize) : PageSize);
        }
    }

    /// <summary>Reads a message. What it leaves out stays as it is configured.</summary>
    /// <param name="message">The text.</param>
    /// <param name="present">What is configured now.</param>
    /// <param name="mistake">What is wrong, when the result is null.</param>
    public static SocketCommand? Read(ReadOnlyMemory<byte> message, SocketCommand present, out string? mistake)
    {
        if (!JsonDocuments.TryParse(message, out var document, out mistake))
            return null;
        using (document)
        {
            var fields = ObjectReader.OfBody(document.RootElement);
            var type = fields.OneOf("type", ["configure", "request_page"]);
            if (type is null && fields.Mistakes.Count == 0)
                fields.Add("type", "type must be configure or request_page");
            var page = fields.Whole("page", 1, LastPage) ?? (type == "configure" ? 1 : present.Page);
            var size = fields.Whole("page_size", 1, LargestPageSize) ?? present.PageSize;
            var top = fields.Has("filter") ? ReadFilter(fields) : present.Top;
            var window = fields.Has("window_key") ? ReadWindow(fields) : present.WindowKey;
            mistake = fields.Mistakes.Count > 0 ? fields.Mistakes[0].Message : null;
            return mistake is null ? new SocketCommand(type == "configure", page, size, top, window) : null;
        }
    }

    private static int? ReadFilter(ObjectReader fields)
    {
        if (fields.Object("filter") is not { } filter)
            return null;
        filter.OneOf("type", ["top_n"]);
        return filter.RequiredWhole("n", 1, LastPage);
    }

    private static string? ReadWindow(ObjectReader fields)
    {
        if (fields.Text("window_key", Slug.MaxLength, 1) is not { } key || key == "current")
            return null;
        if (!Slug.IsValid(key))
            fields.Add("window_key", "window_key must be the key of a window, such as 2025-W47, or current");
        return key;
    }
}
