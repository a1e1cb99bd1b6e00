namespace Mesh.Host.Console.Forms;

/// <summary>Why a form is not acted on.</summary>
public enum FormRefusal
{
    /// <summary>Not a form, too large, or not readable.</summary>
    Unreadable,
    /// <summary>It was not made by a page of this console for this browser (cross-site request forgery), or that page is of another session.</summary>
    NotOurs,
    /// <summary>Writing is not unlocked.</summary>
    ReadOnly,
}
